package io.github.keycloakmcp.admission;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.McpScopes;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.registration.AdministeredClientRule;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
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

    public static AdministeredClient of(
            KeycloakSession session, ClientRepresentation written, @Nullable ClientModel stored) {
        return new AdministeredClient(
                written, stored, stored == null ? written : ChangedClient.of(session, stored, written));
    }

    /** Tells whether the client once registered itself, and so never had the trust of an administrator. */
    public boolean registeredItself() {
        Map<String, String> attributes = result.getAttributes();
        return (stored != null && stored.getAttribute(ClientAttributes.REGISTERED) != null)
                || (attributes != null && attributes.get(ClientAttributes.REGISTERED) != null);
    }

    /** Tells whether tokens of the client may open MCP servers. */
    public boolean isMcp(RealmModel realm) {
        return (result.getProtocol() == null || OIDCLoginProtocol.LOGIN_PROTOCOL.equals(result.getProtocol()))
                && scopes(realm).anyMatch(McpScopes.namesIn(realm)::contains);
    }

    /** Judges a client that the administrator made. */
    public Verdict<List<String>> judge() {
        return AdministeredClientRule.judge(
                present(result.getRedirectUris())
                        .filter(Objects::nonNull)
                        .filter(uri -> !uri.isBlank())
                        .toList(),
                result.getRootUrl() == null ? "" : result.getRootUrl(),
                Boolean.TRUE.equals(result.isImplicitFlowEnabled()));
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
