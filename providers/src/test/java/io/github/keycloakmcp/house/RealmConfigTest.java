package io.github.keycloakmcp.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.keycloak.provider.ConfiguredProvider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** The realm file that everybody starts from: complete, without secrets, and in step with the code and its README. */
class RealmConfigTest {

    private static final Path FOLDER = Path.of("../realm-config");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)(:[^}]*)?}");
    private static final Set<String> NAMES_A_PROVIDER = Set.of("providerId", "executor", "condition", "protocolMapper");

    private final String text = read("mcp-realm.json");
    private final JsonNode realm = parse(text);

    @Test
    void holdsNoInternalIdsUsersOrSecrets() {
        assertThat(members(realm))
                .doesNotContain(
                        "id",
                        "containerId",
                        "users",
                        "federatedUsers",
                        "credentials",
                        "secret",
                        "clientSecret",
                        "privateKey",
                        "registrationAccessToken",
                        "password");
    }

    @Test
    void namesOnlyProvidersOfOursThatExist() {
        Map<String, ProviderFactory<?>> ours = ours();
        Set<String> named = NAMES_A_PROVIDER.stream()
                .flatMap(member -> realm.findValuesAsText(member).stream())
                .filter(id -> id.startsWith("mcp"))
                .collect(Collectors.toSet());
        assertThat(named)
                .contains("mcp-client-registration", "mcp-resource-audience", "mcp-resource", "mcp-client-guard")
                .isSubsetOf(ours.keySet());
    }

    @Test
    void setsOnlySettingsThatExist() {
        for (JsonNode provider : providersOfOurs()) {
            Set<String> known = settings(Objects.requireNonNull(ours().get(id(provider)), id(provider)));
            JsonNode settings = provider.has("config") ? provider.get("config") : provider.path("configuration");
            assertThat(names(settings)).as(id(provider)).isSubsetOf(known);
        }
    }

    @Test
    void givesEveryPlaceholderADefault() {
        List<String> without = PLACEHOLDER
                .matcher(text)
                .results()
                .filter(placeholder -> placeholder.group(2) == null)
                .map(MatchResult::group)
                .toList();
        assertThat(without).isEmpty();
    }

    @Test
    void givesAPlaceholderTheSameDefaultEverywhere() {
        Map<String, Set<String>> defaults = new TreeMap<>();
        PLACEHOLDER
                .matcher(text)
                .results()
                .forEach(found -> defaults.computeIfAbsent(found.group(1), name -> new TreeSet<>())
                        .add(found.group()));
        assertThat(defaults).isNotEmpty().allSatisfy((name, written) -> {
            assertThat(name).startsWith("MCP_");
            assertThat(written).as(name).hasSize(1);
        });
    }

    @Test
    void describesEveryPlaceholderAndNoOther() {
        Set<String> described = matches(read("README.md"), "\\bMCP_[A-Z0-9_]*[A-Z0-9]\\b");
        assertThat(described).isEqualTo(matches(text, "\\bMCP_[A-Z0-9_]*[A-Z0-9]\\b"));
    }

    @Test
    void definesEveryScopeThatItGivesAway() {
        Set<String> defined = elements(realm.path("clientScopes"), "name");
        Set<String> given = new TreeSet<>(texts(realm.path("defaultDefaultClientScopes")));
        given.addAll(texts(realm.path("defaultOptionalClientScopes")));
        for (JsonNode provider : providersOfOurs()) {
            given.addAll(texts(provider.path("config").path("forced-scopes")));
        }
        assertThat(given).contains("mcp:tools").isSubsetOf(defined);
    }

    @Test
    void givesNoScopeAwayTwice() {
        List<String> given = new ArrayList<>(texts(realm.path("defaultDefaultClientScopes")));
        given.addAll(texts(realm.path("defaultOptionalClientScopes")));
        assertThat(given).isNotEmpty().doesNotHaveDuplicates();
    }

    private List<JsonNode> providersOfOurs() {
        return NAMES_A_PROVIDER.stream()
                .flatMap(member -> realm.findParents(member).stream())
                .filter(parent -> id(parent).startsWith("mcp"))
                .toList();
    }

    private static String id(JsonNode provider) {
        return NAMES_A_PROVIDER.stream()
                .map(member -> provider.path(member).asText())
                .collect(Collectors.joining());
    }

    private static Map<String, ProviderFactory<?>> ours() {
        return Services.factories().values().stream()
                .flatMap(Collection::stream)
                .filter(factory -> factory.getId().startsWith("mcp"))
                .collect(Collectors.toMap(ProviderFactory::getId, factory -> factory));
    }

    private static Set<String> settings(ProviderFactory<?> factory) {
        return factory instanceof ConfiguredProvider configured
                ? configured.getConfigProperties().stream()
                        .map(ProviderConfigProperty::getName)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private static Set<String> matches(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> elements(JsonNode array, String member) {
        return stream(array).map(element -> element.path(member).asText()).collect(Collectors.toSet());
    }

    private static List<String> texts(JsonNode array) {
        return stream(array).map(JsonNode::asText).toList();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> members(JsonNode node) {
        Set<String> members = new TreeSet<>(names(node));
        node.forEach(child -> members.addAll(members(child)));
        return members;
    }

    private static JsonNode parse(String json) {
        try {
            return JsonMapper.builder().build().readTree(json);
        } catch (IOException e) {
            throw new AssertionError("mcp-realm.json is no JSON", e);
        }
    }

    private static String read(String name) {
        try {
            return Files.readString(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new AssertionError("realm-config/" + name + " cannot be read", e);
        }
    }
}
