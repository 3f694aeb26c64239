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
                : MetadataJson.read(bytes).then(MetadataJson::understand).then(MetadataReader::withAuthMethod);
    }

    /** Says how the client authenticates where it does not; Keycloak would take a program for a web server. */
    private static Verdict<OIDCClientRepresentation> withAuthMethod(OIDCClientRepresentation metadata) {
        if (metadata.getTokenEndpointAuthMethod() == null) {
            List<String> uris = metadata.getRedirectUris() == null ? List.of() : metadata.getRedirectUris();
            metadata.setTokenEndpointAuthMethod(DefaultAuthMethod.of(
                    metadata.getApplicationType(),
                    uris.stream().filter(Objects::nonNull).toList()));
        }
        return Verdict.allowed(metadata);
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
                        "client_id must be that of the client in an update, absent otherwise",
                        "another client_id",
                        "RFC 7592 section 2.2"));
    }
}
