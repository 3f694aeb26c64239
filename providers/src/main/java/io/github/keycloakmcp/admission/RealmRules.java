package io.github.keycloakmcp.admission;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.registration.RedirectUriRule;
import io.github.keycloakmcp.rule.registration.RegistrationRule;
import io.github.keycloakmcp.rule.registration.ScopeRule;
import io.github.keycloakmcp.settings.RealmSettings;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/**
 * The rules that a realm's settings and scopes make for clients that register themselves.
 *
 * @param settings what the administrator has set
 * @param session whose realm it is
 */
record RealmRules(RealmSettings settings, KeycloakSession session) {

    /** The rules for a client; one whose document is at {@code document} may be trusted with the document's own host. */
    RegistrationRule of(String document) {
        RedirectUriRule redirects = settings.registration().redirectUriRule();
        return new RegistrationRule(
                document.isEmpty()
                        ? redirects
                        : DocumentOrigin.ownHost(session, settings, document)
                                .map(redirects::alsoTrusting)
                                .orElse(redirects),
                scopes());
    }

    /** The rule for its scopes. */
    ScopeRule scopes() {
        RealmModel realm = session.getContext().getRealm();
        return new ScopeRule(
                names(realm.getDefaultClientScopesStream(true)),
                names(realm.getDefaultClientScopesStream(false)),
                settings.registration().forcedScopes(),
                names(realm.getClientScopesStream().filter(AdvertisedScopes::isMeantForClients)),
                names(realm.getClientScopesStream().filter(AdvertisedScopes::isOffered)));
    }

    private static Set<String> names(Stream<ClientScopeModel> scopes) {
        return scopes.filter(scope -> OIDCLoginProtocol.LOGIN_PROTOCOL.equals(scope.getProtocol()))
                .map(ClientScopeModel::getName)
                .collect(Collectors.toUnmodifiableSet());
    }
}
