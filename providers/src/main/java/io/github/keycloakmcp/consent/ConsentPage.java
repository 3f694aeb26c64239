package io.github.keycloakmcp.consent;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.consent.Destination;
import io.github.keycloakmcp.rule.consent.ShownText;
import io.github.keycloakmcp.rule.resource.McpServer;
import io.github.keycloakmcp.rule.resource.ResourceIndicator;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.grants.device.DeviceGrantType;
import org.keycloak.services.resources.RealmsResource;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The facts for the consent page, as maps of texts, numbers and switches, because templates can read nothing else. What
 * a client has written is bounded and cleaned here; that it cannot become markup is the template's part.
 */
final class ConsentPage {

    private static final int MAX_NAME = 80;

    private final KeycloakSession session;
    private final AuthenticationSessionModel login;
    private final McpServer server;
    private final PageScopes scopes;

    ConsentPage(KeycloakSession session, AuthenticationSessionModel login, McpServer server, PageScopes scopes) {
        this.session = session;
        this.login = login;
        this.server = server;
        this.scopes = scopes;
    }

    Map<String, Object> facts() {
        Map<String, Object> facts = new HashMap<>();
        facts.put(
                "client",
                ShownClient.of(
                        login.getClient(),
                        DeviceGrantType.isOAuth2DeviceVerificationFlow(login) ? null : login.getRedirectUri()));
        facts.put("destination", destination());
        facts.put("server", Map.of("name", serverName(), "uri", server.uri(), "plain", isPlainHttp()));
        facts.put("user", ShownText.of(login.getAuthenticatedUser().getUsername(), MAX_NAME));
        facts.put("access", new AccessFacts(login).facts());
        facts.put("choice", scopes.facts());
        accountConsole().ifPresent(uri -> facts.put("accountUrl", uri));
        return facts;
    }

    /** Whether the token is sent to the server without encryption, over a network. */
    private boolean isPlainHttp() {
        return server.uri().startsWith("http://")
                && !(ResourceIndicator.parse(server.uri()) instanceof Verdict.Allowed<ResourceIndicator>);
    }

    private Map<String, Object> destination() {
        Destination destination = DeviceGrantType.isOAuth2DeviceVerificationFlow(login)
                ? Destination.DEVICE
                : Destination.of(login.getRedirectUri());
        return Map.of("kind", destination.kind().name().toLowerCase(Locale.ROOT), "shown", destination.shown());
    }

    /** The name that an administrator gave the server's client; the host, where it has none. */
    private String serverName() {
        return Optional.ofNullable(server.client())
                .map(client -> login.getRealm().getClientByClientId(client.clientId()))
                .map(ClientModel::getName)
                .map(name -> ShownText.of(name, MAX_NAME))
                .filter(name -> !name.isEmpty())
                .or(() -> Destination.hostOf(server.uri()))
                .orElse("localhost");
    }

    /** Where the user takes access back; none, where the realm has no account console. */
    private Optional<String> accountConsole() {
        RealmModel realm = login.getRealm();
        return Optional.ofNullable(realm.getClientByClientId(Constants.ACCOUNT_CONSOLE_CLIENT_ID))
                .filter(ClientModel::isEnabled)
                .map(client -> RealmsResource.accountUrl(
                                session.getContext().getUri().getBaseUriBuilder())
                        .path("applications")
                        .build(realm.getName())
                        .toString());
    }
}
