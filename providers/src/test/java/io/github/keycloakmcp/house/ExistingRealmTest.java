package io.github.keycloakmcp.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is offered for realms that exist declares the same as the realm file. */
class ExistingRealmTest {

    private static final Path FOLDER = Path.of("../realm-config");
    private static final String POLICIES = "org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy";

    private final JsonNode realm = read("mcp-realm.json");
    private final JsonNode configCli = read("existing-realm/keycloak-config-cli.json");

    @ParameterizedTest
    @CsvSource({
        "/components/" + POLICIES + ", providerId",
        "/requiredActions, alias",
        "/clientProfiles/profiles, name",
        "/clientScopes, name"
    })
    void theFileForConfigCliDeclaresWhatTheRealmFileDoes(String list, String member) {
        assertThat(configCli.at(list)).isEqualTo(ours(realm.at(list), member)).isNotEmpty();
    }

    @Test
    void theClientPolicyOfTheFileForConfigCliConcernsMcpClientsOnly() {
        ObjectNode policy = configCli.at("/clientPolicies/policies/0").deepCopy();
        assertThat(policy.at("/conditions/0/condition").asText()).isEqualTo("mcp-client");
        policy.set("conditions", realm.at("/clientPolicies/policies/0/conditions"));
        assertThat(policy).isEqualTo(realm.at("/clientPolicies/policies/0"));
        assertThat(configCli.path("loginTheme")).isEqualTo(realm.path("loginTheme"));
    }

    @Test
    void theDocumentNamesMembersThatTheRealmFileHas() {
        Set<String> placeholders = Pattern.compile("\\$\\{MCP_([A-Z_]+):")
                .matcher(realm.toString())
                .results()
                .map(found -> found.group(1).replace("_", "").toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        assertThat(read("existing-realm/enable.json").properties())
                .isNotEmpty()
                .extracting(member -> member.getKey().toLowerCase(Locale.ROOT))
                .allMatch(placeholders::contains);
    }

    private static ArrayNode ours(JsonNode list, String member) {
        ArrayNode ours = JsonMapper.builder().build().createArrayNode();
        StreamSupport.stream(list.spliterator(), false)
                .filter(element -> element.path(member).asText().startsWith("mcp"))
                .forEach(ours::add);
        return ours;
    }

    /** The two tools write the same placeholder in their own ways. */
    private static JsonNode read(String name) {
        try {
            return JsonMapper.builder()
                    .build()
                    .readTree(Files.readString(FOLDER.resolve(name))
                            .replaceAll("\\$\\(env:(MCP_[A-Z_]+):-([^)]*)\\)", "\\${$1:$2}"));
        } catch (IOException e) {
            throw new AssertionError(name + " cannot be read", e);
        }
    }
}
