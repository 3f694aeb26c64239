package io.github.keycloakmcp.admission;

import java.io.IOException;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.oidc.OIDCClientRepresentation;
import org.keycloak.services.clientregistration.oidc.DescriptionConverter;
import org.keycloak.util.JsonSerialization;

/**
 * Client metadata as JSON. "The authorization server MUST ignore any client metadata sent by the client that it does not
 * understand" (RFC 7591 section 2); what it does understand but cannot read is refused, with the member named.
 *
 * <p>Keycloak understands far more than an OAuth 2.1 client needs. The rest is ignored as well: members that make the
 * server call other hosts ({@code request_uris}, {@code sector_identifier_uri}, {@code backchannel_logout_uri}), and
 * algorithms that are stored unchecked and fail at the first token.
 */
public final class MetadataJson {

    /** RFC 7591 section 2, and what RFC 7592, RFC 9449 and OpenID Connect add that a client of today sends. */
    private static final Set<String> UNDERSTOOD = Set.of(
            "client_id",
            "redirect_uris",
            "token_endpoint_auth_method",
            "grant_types",
            "response_types",
            "client_name",
            "client_uri",
            "logo_uri",
            "scope",
            "contacts",
            "tos_uri",
            "policy_uri",
            "jwks_uri",
            "jwks",
            "software_id",
            "software_version",
            "application_type",
            "post_logout_redirect_uris",
            "dpop_bound_access_tokens");

    private static final String SECTION = "RFC 7591 section 3.2.2";

    /**
     * Lenient with members that it does not know, strict with the types of those it does, with members twice and with
     * what stands behind the object.
     */
    private static final ObjectReader READER = strict().reader()
            .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private MetadataJson() {}

    /** Reads an object with whatever members it has. */
    public static Verdict<ObjectNode> read(byte[] json) {
        try {
            return READER.readTree(json) instanceof ObjectNode metadata ? Verdict.allowed(metadata) : noObject();
        } catch (StreamConstraintsException e) {
            return tooDeep();
        } catch (IOException e) {
            return noObject();
        }
    }

    /** Reads the members that are understood. */
    public static Verdict<OIDCClientRepresentation> understand(ObjectNode metadata) {
        try {
            return Verdict.allowed(READER.treeToValue(metadata.retain(UNDERSTOOD), OIDCClientRepresentation.class));
        } catch (StreamConstraintsException e) {
            return tooDeep();
        } catch (JsonMappingException e) {
            return e.getPath().isEmpty()
                    ? noObject()
                    : refused(
                            RefusalCode.METADATA_MALFORMED,
                            "client metadata member has the wrong JSON type: " + Refusal.excerpt(member(e)),
                            "wrong JSON type");
        } catch (IOException e) {
            return noObject();
        }
    }

    /**
     * Turns {@code metadata} into a client, as Keycloak does. It throws whatever its key parsers throw, which would be
     * answered with a 500 for what is a mistake of the client.
     */
    public static Verdict<ClientRepresentation> convert(KeycloakSession session, OIDCClientRepresentation metadata) {
        try {
            return Verdict.allowed(DescriptionConverter.toInternal(session, metadata));
        } catch (RuntimeException e) {
            boolean keysMissing = "private_key_jwt".equals(metadata.getTokenEndpointAuthMethod())
                    && metadata.getJwks() == null
                    && metadata.getJwksUri() == null;
            return refused(
                    RefusalCode.METADATA_INCONSISTENT,
                    keysMissing
                            ? "token_endpoint_auth_method: private_key_jwt requires jwks or jwks_uri"
                            : "token_endpoint_auth_method is not supported, or the keys in jwks cannot be read",
                    "Keycloak cannot convert the metadata: " + e.getClass().getSimpleName());
        }
    }

    /** Keycloak's mapper, but a number is no text, and a text is no switch. */
    private static ObjectMapper strict() {
        ObjectMapper mapper = JsonSerialization.mapper.copy();
        for (CoercionInputShape scalar :
                List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
            mapper.coercionConfigFor(LogicalType.Textual).setCoercion(scalar, CoercionAction.Fail);
        }
        for (CoercionInputShape other :
                List.of(CoercionInputShape.Integer, CoercionInputShape.String, CoercionInputShape.EmptyString)) {
            mapper.coercionConfigFor(LogicalType.Boolean).setCoercion(other, CoercionAction.Fail);
        }
        return mapper;
    }

    private static String member(JsonMappingException e) {
        String member = e.getPath().get(0).getFieldName();
        return member == null ? "" : member;
    }

    private static <T> Verdict<T> noObject() {
        return refused(
                RefusalCode.METADATA_NOT_JSON, "client metadata must be one JSON object", "body is no JSON object");
    }

    private static <T> Verdict<T> tooDeep() {
        return refused(
                RefusalCode.METADATA_NOT_JSON,
                "client metadata is nested too deeply, or contains a name or number that is too long",
                "limits of the JSON parser");
    }

    private static <T> Verdict<T> refused(RefusalCode code, String description, String detail) {
        return Verdict.refused(new Refusal(code, "invalid_client_metadata", description, detail, SECTION));
    }
}
