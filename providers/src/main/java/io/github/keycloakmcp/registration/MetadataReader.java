package io.github.keycloakmcp.registration;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

import io.github.keycloakmcp.admission.MetadataJson;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.registration.DefaultAuthMethod;
import io.github.keycloakmcp.rule.registration.GrantRule;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.oidc.OIDCClientRepresentation;

/** Reads the client metadata of a registration request. */
final class MetadataReader {

    /** Longest metadata in bytes; the largest known client sends two thousand. */
    static final int MAX_LENGTH = 64 * 1024;

    private MetadataReader() {}

    /** Reads the body of a registration or an update, and of one that is too long no more than shows that it is. */
    static Verdict<OIDCClientRepresentation> read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_LENGTH + 1);
        return bytes.length > MAX_LENGTH
                ? Verdict.refused(RegistrationRefusals.tooLong(MAX_LENGTH))
                : MetadataJson.read(bytes)
                        .then(MetadataJson::understand)
                        .then(MetadataReader::withPossibleGrants)
                        .then(MetadataReader::withAuthMethod);
    }

    private static Verdict<OIDCClientRepresentation> withPossibleGrants(OIDCClientRepresentation metadata) {
        return GrantRule.requested(named(metadata.getGrantTypes()), named(metadata.getResponseTypes()))
                .then(possible -> Verdict.allowed(metadata));
    }

    /**
     * Makes a program on the user's computer that names no authentication method public; Keycloak would take it for a web
     * server. A web server that names none is left as it is: Keycloak answers {@code client_secret_basic}, the default of
     * RFC 7591, and accepts a posted secret as well. Written down, the default would be the only method allowed.
     */
    private static Verdict<OIDCClientRepresentation> withAuthMethod(OIDCClientRepresentation metadata) {
        if (metadata.getTokenEndpointAuthMethod() == null
                && DefaultAuthMethod.of(metadata.getApplicationType(), named(metadata.getRedirectUris()))
                        .equals(DefaultAuthMethod.NONE)) {
            metadata.setTokenEndpointAuthMethod(DefaultAuthMethod.NONE);
        }
        return Verdict.allowed(metadata);
    }

    private static List<String> named(@Nullable List<String> values) {
        return values == null
                ? List.of()
                : values.stream().filter(Objects::nonNull).toList();
    }

    /** Makes sure that Keycloak can turn {@code metadata} into a client. */
    static Verdict<OIDCClientRepresentation> usable(KeycloakSession session, OIDCClientRepresentation metadata) {
        return MetadataJson.convert(session, metadata).then(client -> Verdict.allowed(metadata));
    }

    /**
     * Makes sure that an update names the client that it is for (RFC 7592 section 2.2), and that a registration names
     * none.
     *
     * @param clientId the client that is updated; null where one registers
     */
    static Verdict<OIDCClientRepresentation> of(@Nullable String clientId, OIDCClientRepresentation metadata) {
        return Objects.equals(clientId, metadata.getClientId())
                ? Verdict.allowed(metadata)
                : Verdict.refused(new Refusal(
                        RefusalCode.CLIENT_ID_MISMATCH,
                        "invalid_client_metadata",
                        "client_id must be the client's own in an update, and absent in a registration",
                        "another client_id",
                        "RFC 7592 section 2.2"));
    }
}
