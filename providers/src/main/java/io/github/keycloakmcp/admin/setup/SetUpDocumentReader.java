package io.github.keycloakmcp.admin.setup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ServersDeclaration;
import io.github.keycloakmcp.settings.DocumentSettings;
import io.github.keycloakmcp.settings.RealmSettings;
import org.jspecify.annotations.Nullable;
import org.keycloak.component.ComponentModel;
import org.keycloak.util.JsonSerialization;

/**
 * Reads the document of a set-up call. Whatever is wrong is said with the name of the member, before anything is changed;
 * what the providers would leave out later with a line in the log is refused here.
 */
public final class SetUpDocumentReader {

    public static final String SERVERS = "servers";
    public static final String DEFAULT_SERVER = "defaultServer";

    private static final String PATTERNS = "serverPatterns";
    private static final String ALIASES = "aliases";
    private static final String PLAIN_HTTP = "plainHttpHosts";
    private static final String AUDIENCES = "additionalAudiences";

    private static final String PAIRS_EXPECTED = "an object whose members name a server's URI, without white space,";
    private static final int MOST_ENTRIES = 10_000;
    private static final int LONGEST = 2_000;
    private static final int HIGHEST = 999_999_999;

    private static final ObjectReader STRICT = JsonSerialization.mapper
            .reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());

    private final RealmFile file;

    SetUpDocumentReader(RealmFile file) {
        this.file = file;
    }

    SetUpDocument read(@Nullable String json) throws InvalidInput {
        JsonNode document = parse(json);
        if (!document.isObject()) {
            throw new InvalidInput("", "a JSON object is expected");
        }
        Map<String, List<String>> values = new HashMap<>();
        for (Map.Entry<String, JsonNode> given : document.properties()) {
            SetUpMember member = file.members().stream()
                    .filter(known -> known.name().equals(given.getKey()))
                    .findFirst()
                    .orElseThrow(() -> new InvalidInput(
                            Refusal.excerpt(given.getKey()),
                            "unknown member; known are "
                                    + file.members().stream()
                                            .map(SetUpMember::name)
                                            .toList()));
            values.put(member.name(), values(member, given.getValue()));
        }
        return new SetUpDocument(values);
    }

    /** Checks what {@code document} would write, beyond its form. */
    void check(SetUpDocument document) throws InvalidInput {
        List<String> problems = new ArrayList<>();
        for (String member : List.of(SERVERS, PATTERNS, ALIASES, AUDIENCES, DEFAULT_SERVER)) {
            declare(document, member, problems);
            complain(member, problems);
        }
        for (SetUpMember member : file.members()) {
            ComponentModel policy = new ComponentModel();
            member.places().stream()
                    .filter(place -> place.part().kind() == PartKind.REGISTRATION_POLICY)
                    .forEach(place -> policy.getConfig().put(place.key(), document.list(member.name())));
            RealmSettings.check(policy, problems::add);
            Map<String, Object> documents = new HashMap<>();
            member.places().stream()
                    .filter(place -> place.part().kind() == PartKind.CLIENT_PROFILE)
                    .forEach(place -> documents.put(place.key(), document.list(member.name())));
            DocumentSettings.check(documents, problems::add);
            complain(member.name(), problems);
        }
    }

    /** Declares the servers, and of the rest what {@code member} names, so that a problem is that of this member. */
    private static void declare(SetUpDocument document, String member, List<String> problems) {
        boolean isDefault = member.equals(DEFAULT_SERVER);
        McpServers.declare(
                new ServersDeclaration(
                        document.list(SERVERS),
                        isDefault || member.equals(ALIASES) ? pairs(document.list(ALIASES)) : Map.of(),
                        isDefault ? String.join("", document.list(DEFAULT_SERVER)) : "",
                        false,
                        member.equals(AUDIENCES) ? pairs(document.list(AUDIENCES)) : Map.of(),
                        member.equals(PATTERNS) ? document.list(PATTERNS) : List.of(),
                        false,
                        Set.copyOf(document.list(PLAIN_HTTP)),
                        false),
                refusal -> problems.add(refusal.description()));
    }

    private static Map<String, String> pairs(List<String> written) {
        Map<String, String> pairs = new HashMap<>();
        written.forEach(pair -> pairs.put(pair.replaceFirst("\\s.*", ""), pair.replaceFirst("\\S+\\s+", "")));
        return pairs;
    }

    private static void complain(String member, List<String> problems) throws InvalidInput {
        if (!problems.isEmpty()) {
            throw new InvalidInput(member, problems.get(0));
        }
    }

    private static List<String> values(SetUpMember member, JsonNode value) throws InvalidInput {
        switch (member.type()) {
            case LIST -> {
                require(value.isArray() && value.size() <= MOST_ENTRIES, member, "a list of texts");
                List<String> texts = new ArrayList<>();
                for (JsonNode element : value) {
                    require(
                            isWord(element) && !element.asText().isEmpty(),
                            member,
                            "a list of texts without white space");
                    texts.add(element.asText());
                }
                return texts;
            }
            case PAIRS -> {
                require(value.isObject() && value.size() <= MOST_ENTRIES, member, PAIRS_EXPECTED);
                List<String> pairs = new ArrayList<>();
                for (Map.Entry<String, JsonNode> pair : value.properties()) {
                    require(
                            isWord(TextNode.valueOf(pair.getKey()))
                                    && isWord(pair.getValue())
                                    && !pair.getKey().isEmpty()
                                    && !pair.getValue().asText().isEmpty(),
                            member,
                            PAIRS_EXPECTED);
                    pairs.add(pair.getKey() + " " + pair.getValue().asText());
                }
                return pairs;
            }
            case WORD -> require(isWord(value), member, "a text without white space");
            case BOOLEAN -> require(value.isBoolean(), member, "true or false");
            case NUMBER ->
                require(
                        value.isInt() && value.asInt() >= 0 && value.asInt() <= HIGHEST,
                        member,
                        "a whole number, 0 or more");
        }
        return List.of(value.asText());
    }

    private static boolean isWord(JsonNode node) {
        return node.isTextual()
                && node.asText().length() <= LONGEST
                && node.asText().chars().noneMatch(c -> c <= ' ' || c == 0x7f)
                && !node.asText().contains("##");
    }

    private static void require(boolean holds, SetUpMember member, String expected) throws InvalidInput {
        if (!holds) {
            throw new InvalidInput(member.name(), expected + " is expected");
        }
    }

    private static JsonNode parse(@Nullable String json) throws InvalidInput {
        try {
            return STRICT.readTree(json == null ? "" : json);
        } catch (JsonProcessingException e) {
            throw new InvalidInput("", "this is no JSON: " + Refusal.excerpt(e.getOriginalMessage()));
        }
    }
}
