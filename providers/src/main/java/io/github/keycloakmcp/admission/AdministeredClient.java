package io.github.keycloakmcp.admission;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.McpClients;
import io.github.keycloakmcp.platform.McpScopes;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.registration.AdministeredClientRule;
import io.github.keycloakmcp.rule.registration.ClientMetadata;
import io.github.keycloakmcp.settings.RegistrationSettings;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.ModelToRepresentation;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * A client as an administrator is about to store it.
 *
 * @param written what Keycloak will write, with null for what stays as it is
 * @param stored the client before; null where it is new
 * @param result the client that results
 */
public record AdministeredClient(
        ClientRepresentation written, @Nullable ClientModel stored, ClientRepresentation result) {

    /** What Keycloak's console stores for "the same as the redirect URIs" and for "none". */
    private static final Set<String> LIKE_LOGIN = Set.of("+", "-");

    /** Reads what is about to be stored, and restores the attributes that no administrator writes. */
    public static AdministeredClient of(
            KeycloakSession session, ClientRepresentation written, @Nullable ClientModel stored) {
        ReservedAttributes.restore(written, stored);
        return new AdministeredClient(
                written, stored, stored == null ? written : ChangedClient.of(session, stored, written));
    }

    /** Tells whether the client once registered itself, and so never had the trust of an administrator. */
    public boolean registeredItself() {
        Map<String, String> attributes = result.getAttributes();
        return stored != null
                ? stored.getAttribute(ClientAttributes.REGISTERED) != null
                : attributes != null && attributes.get(ClientAttributes.REGISTERED) != null;
    }

    /** Tells whether the administrator gives a client that registered itself another {@code client_id}. */
    boolean isRenamed() {
        return stored != null
                && written.getClientId() != null
                && !written.getClientId().equals(stored.getClientId())
                && !ReservedAttributes.givenUp(written, stored);
    }

    /** The metadata of the client that results. */
    ClientMetadata metadata() {
        return metadata(result);
    }

    /** The metadata of the client as it is; none where it is new. */
    Optional<ClientMetadata> metadataBefore(KeycloakSession session) {
        return Optional.ofNullable(stored)
                .map(client -> metadata(ModelToRepresentation.toRepresentation(client, session)));
    }

    /** An id that is a URL is a document only where the document has been read; an administrator can choose any id. */
    private ClientMetadata metadata(ClientRepresentation client) {
        ClientMetadata metadata = RequestedMetadata.of(client);
        return new ClientMetadata(
                stored != null && DocumentOrigin.has(stored) ? metadata.document() : "",
                metadata.name(),
                metadata.redirectUris(),
                metadata.postLogoutRedirectUris().stream()
                        .filter(uri -> !LIKE_LOGIN.contains(uri))
                        .toList(),
                metadata.links(),
                metadata.fetched(),
                metadata.grantTypes(),
                metadata.responseTypes(),
                metadata.scopes());
    }

    /** Tells whether tokens of the client may open MCP servers. */
    public boolean isMcp(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        return (result.getProtocol() == null || OIDCLoginProtocol.LOGIN_PROTOCOL.equals(result.getProtocol()))
                && !McpScopes.named(session, realm, scopes(realm).toList()).isEmpty();
    }

    /**
     * Judges a client that the administrator made; of one that already was an MCP client only what is new, so that it can
     * be disabled and narrowed whatever it is.
     */
    public Verdict<List<String>> judge(KeycloakSession session, RegistrationSettings settings) {
        ClientRepresentation before = stored == null || !McpClients.isMcp(stored)
                ? new ClientRepresentation()
                : ModelToRepresentation.toRepresentation(stored, session);
        Set<String> known = Objects.equals(root(before), root(result))
                ? present(before.getRedirectUris()).collect(Collectors.toUnmodifiableSet())
                : Set.of();
        return AdministeredClientRule.judge(
                present(result.getRedirectUris())
                        .filter(Objects::nonNull)
                        .filter(uri -> !uri.isBlank() && !known.contains(uri))
                        .toList(),
                root(result),
                Boolean.TRUE.equals(result.isImplicitFlowEnabled())
                        && !Boolean.TRUE.equals(before.isImplicitFlowEnabled()),
                settings.redirectUriRule());
    }

    private static String root(ClientRepresentation client) {
        return Objects.requireNonNullElse(client.getRootUrl(), "");
    }

    /** The scopes that the client has, or will get from the realm. */
    private Stream<String> scopes(RealmModel realm) {
        Stream<ClientScopeModel> existing = stored == null
                ? Stream.of()
                : Stream.of(true, false).flatMap(standard -> stored.getClientScopes(standard).values().stream());
        boolean named = written.getDefaultClientScopes() != null || written.getOptionalClientScopes() != null;
        Set<String> inherited = stored != null || named
                ? Set.of()
                : Stream.of(true, false)
                        .flatMap(realm::getDefaultClientScopesStream)
                        .map(ClientScopeModel::getName)
                        .collect(Collectors.toUnmodifiableSet());
        return Stream.of(
                        existing.map(ClientScopeModel::getName),
                        inherited.stream(),
                        present(written.getDefaultClientScopes()),
                        present(written.getOptionalClientScopes()))
                .flatMap(names -> names);
    }

    private static Stream<String> present(@Nullable List<String> list) {
        return list == null ? Stream.of() : list.stream();
    }
}
