package io.github.keycloakmcp.consent;

import java.util.HashMap;
import java.util.Map;

import io.github.keycloakmcp.platform.TokenLife;
import io.github.keycloakmcp.rule.consent.Span;
import org.keycloak.OAuth2Constants;
import org.keycloak.common.util.Time;
import org.keycloak.events.Details;
import org.keycloak.models.ClientModel;
import org.keycloak.models.utils.SessionExpirationUtils;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.TokenUtil;

/**
 * For how long a client gets access: how long one token lives, whether the client gets new ones without asking, and when
 * that ends by itself. Whatever is said is the most; a token already out cannot be called back before it expires.
 */
final class AccessFacts {

    private static final int MILLIS = 1_000;

    private final AuthenticationSessionModel login;

    AccessFacts(AuthenticationSessionModel login) {
        this.login = login;
    }

    Map<String, Object> facts() {
        ClientModel client = login.getClient();
        boolean offline =
                TokenUtil.hasScope(login.getClientNote(OAuth2Constants.SCOPE), OAuth2Constants.OFFLINE_ACCESS);
        boolean renewed = OIDCAdvancedConfigWrapper.fromClientModel(client).isUseRefreshToken();
        Map<String, Object> facts = new HashMap<>();
        facts.put("token", ShownSpan.of(Span.atMost(TokenLife.seconds(login.getRealm(), client))));
        facts.put("renewal", renewed ? offline ? "offline" : "online" : "none");
        long end = endSeconds(client, offline);
        if (end > 0) {
            facts.put("end", ShownSpan.of(Span.atMost(end)));
        }
        return facts;
    }

    /** How long new tokens can be had at most, counted from now; 0 or less for without end. */
    private long endSeconds(ClientModel client, boolean offline) {
        long now = Time.currentTimeMillis();
        boolean remembered = Boolean.parseBoolean(login.getAuthNote(Details.REMEMBER_ME));
        long end = SessionExpirationUtils.calculateClientSessionMaxLifespanTimestamp(
                offline, remembered, now, now, login.getRealm(), client);
        return (end - now) / MILLIS;
    }
}
