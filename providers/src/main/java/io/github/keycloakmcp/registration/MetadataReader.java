package io.github.keycloakmcp.registration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.Verdict;
import org.keycloak.representations.oidc.OIDCClientRepresentation;
import org.keycloak.util.JsonSerialization;

/**
 * Reads client metadata. "The authorization server MUST ignore any client metadata sent by the client that it does not
 * understand" (RFC 7591 section 2); what it does understand but cannot read is refused, with the member named.
 */
final class MetadataReader {

    /** Longest metadata in characters; the largest known client sends two thousand. */
    static final int MAX_LENGTH = 64 * 1024;

    private static final String SECTION = "RFC 7591 section 3.2.2";

    private static final ObjectReader LENIENT = JsonSerialization.mapper
            .readerFor(OIDCClientRepresentation.class)
            .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private MetadataReader() {}

    static Verdict<OIDCClientRepresentation> read(String body) {
        if (body.length() > MAX_LENGTH) {
            return refused("client metadata may have " + MAX_LENGTH + " characters", "body too long");
        }
        try {
            OIDCClientRepresentation metadata = LENIENT.readValue(body);
            return metadata == null ? noObject() : Verdict.allowed(metadata);
        } catch (JsonMappingException e) {
            return e.getPath().isEmpty()
                    ? noObject()
                    : refused("member has the wrong type: " + Refusal.excerpt(member(e)), "wrong JSON type");
        } catch (JsonProcessingException e) {
            return noObject();
        }
    }

    private static String member(JsonMappingException e) {
        String member = e.getPath().get(0).getFieldName();
        return member == null ? "" : member;
    }

    private static Verdict<OIDCClientRepresentation> noObject() {
        return refused("client metadata must be one JSON object", "body is no JSON object");
    }

    private static Verdict<OIDCClientRepresentation> refused(String description, String hint) {
        return Verdict.refused(new Refusal("invalid_client_metadata", description, hint, SECTION));
    }
}
