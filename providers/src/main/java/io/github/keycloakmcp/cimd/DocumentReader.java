package io.github.keycloakmcp.cimd;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.admission.MetadataJson;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.cimd.AuthMethodChoice;
import io.github.keycloakmcp.rule.cimd.DocumentUrl;
import io.github.keycloakmcp.rule.cimd.InvalidDocument;
import org.keycloak.representations.oidc.OIDCClientRepresentation;

/**
 * Reads a metadata document as the metadata of one client here. It is written for every authorization server there is, so
 * it names grants and methods that this one has not; they are left out where the rest makes a client.
 */
final class DocumentReader {

    private static final Set<String> GRANTS = Set.of("authorization_code", "refresh_token");
    private static final Set<String> RESPONSES = Set.of("code");

    /** Members of private and symmetric keys (RFC 7518 section 6). */
    private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private DocumentReader() {}

    static Verdict<OIDCClientRepresentation> read(DocumentUrl url, String text) {
        // A text that tells what else a host has at a URL would let strangers explore hosts through this server.
        return MetadataJson.read(text.getBytes(StandardCharsets.UTF_8)) instanceof Verdict.Allowed<ObjectNode> json
                        && url.value().equals(json.value().path("client_id").textValue())
                ? normalize(json.value()).then(MetadataJson::understand).then(DocumentReader::withKeys)
                : Verdict.refused(
                        DocumentRefusals.unreadable(url, "not a JSON object, or its client_id is not its URL"));
    }

    /** Reads a key set, as it stands in a document or at its {@code jwks_uri}. */
    static boolean holdsPrivateKeys(JsonNode keySet) {
        for (JsonNode key : keySet.path("keys")) {
            for (String member : PRIVATE) {
                if (key.has(member)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Verdict<ObjectNode> normalize(ObjectNode document) {
        if (document.has("client_secret")
                || document.has("client_secret_expires_at")
                || holdsPrivateKeys(document.path("jwks"))) {
            return Verdict.refused(InvalidDocument.metadata(
                    RefusalCode.DOCUMENT_HOLDS_SECRET,
                    "a metadata document must not contain a secret or a private key",
                    "secret in a public document"));
        }
        keep(document, "grant_types", GRANTS);
        keep(document, "response_types", RESPONSES);
        return AuthMethodChoice.of(
                        document.path("token_endpoint_auth_method").textValue(),
                        texts(document.path("token_endpoint_auth_methods_supported")))
                .then(method -> Verdict.allowed(document.put("token_endpoint_auth_method", method)));
    }

    /** Leaves out what cannot be had here; that nothing usable is left is for the rules of registration to say. */
    private static void keep(ObjectNode document, String member, Set<String> possible) {
        if (document.path(member) instanceof ArrayNode listed) {
            ArrayNode kept = document.arrayNode();
            listed.forEach(value -> {
                if (!value.isTextual() || possible.contains(value.textValue())) {
                    kept.add(value);
                }
            });
            document.set(member, kept);
        }
    }

    private static Verdict<OIDCClientRepresentation> withKeys(OIDCClientRepresentation metadata) {
        if (!metadata.getTokenEndpointAuthMethod().equals(AuthMethodChoice.PRIVATE_KEY)) {
            metadata.setJwks(null);
            metadata.setJwksUri(null);
        } else if ((metadata.getJwks() == null) == (metadata.getJwksUri() == null)) {
            return Verdict.refused(InvalidDocument.metadata(
                    RefusalCode.DOCUMENT_KEYS_REFUSED,
                    "private_key_jwt requires either jwks or jwks_uri",
                    "no keys, or two sources of keys"));
        }
        return isEmpty(metadata.getGrantTypes()) || isEmpty(metadata.getResponseTypes())
                ? Verdict.refused(InvalidDocument.metadata(
                        RefusalCode.GRANT_TYPES_REFUSED,
                        "grant_types must contain authorization_code, and response_types code",
                        "no usable grant"))
                : Verdict.allowed(metadata);
    }

    /** Keycloak takes an empty list for a missing one. */
    private static boolean isEmpty(List<String> listed) {
        return listed != null && listed.isEmpty();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(value -> texts.add(value.asText()));
        return texts;
    }
}
