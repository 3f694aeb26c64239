package io.github.keycloakmcp.platform;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;

/**
 * What was decided about the assertion of this request. A request with an assertion that was not judged gets no token for an
 * MCP server.
 *
 * @param servers the MCP servers that its issuer approved; none where it leaves the choice to the client
 * @param kept the names of the client scopes that the token may carry; empty where the assertion is not about scopes
 */
public record JudgedAssertion(List<String> servers, Optional<Set<String>> kept) {

    private static final String ATTRIBUTE = JudgedAssertion.class.getName();

    /** Remembers it for this request. */
    public void remember(KeycloakSession session) {
        session.setAttribute(ATTRIBUTE, this);
    }

    /** What was decided; empty where this request has no assertion, or one that was not judged. */
    public static Optional<JudgedAssertion> of(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(ATTRIBUTE, JudgedAssertion.class));
    }

    /** Tells whether the token may carry {@code scope}. The client's own mappers are no scope. */
    public boolean keeps(ClientScopeModel scope) {
        return scope instanceof ClientModel
                || kept.map(names -> names.contains(scope.getName())).orElse(true);
    }
}
