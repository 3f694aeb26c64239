package io.github.keycloakmcp.admission;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.NamedScopes;
import io.github.keycloakmcp.rule.registration.ClientMetadata;
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

    /** The rules for a client; one with a metadata document may be trusted with the document's own host. */
    RegistrationRule of(ClientMetadata client) {
        String document = client.document();
        RedirectUriRule redirects = settings.registration().redirectUriRule();
        return new RegistrationRule(
                document.isEmpty()
                        ? redirects
                        : DocumentOrigin.ownHost(session, settings, document)
                                .map(redirects::alsoTrusting)
                                .orElse(redirects),
                scopes(client.scopes()));
    }

    /** The rule for the scopes of a client that requests these. It knows no others than these and those that every client gets. */
    ScopeRule scopes(Collection<String> requested) {
        RealmModel realm = session.getContext().getRealm();
        Set<String> forced = settings.registration().forcedScopes();
        List<ClientScopeModel> defaults =
                realm.getDefaultClientScopesStream(true).toList();
        List<ClientScopeModel> optional =
                realm.getDefaultClientScopesStream(false).toList();
        List<ClientScopeModel> known = Stream.of(
                        defaults.stream(),
                        optional.stream(),
                        NamedScopes.findBeforeMarks(
                                session,
                                Stream.concat(forced.stream(), requested.stream())
                                        .toList())
                                .stream())
                .flatMap(scopes -> scopes)
                .toList();
        return new ScopeRule(
                names(defaults.stream()),
                names(optional.stream()),
                forced,
                names(known.stream().filter(AdvertisedScopes::isMeantForClients)),
                names(known.stream().filter(AdvertisedScopes::isOffered)));
    }

    private static Set<String> names(Stream<ClientScopeModel> scopes) {
        return scopes.filter(scope -> OIDCLoginProtocol.LOGIN_PROTOCOL.equals(scope.getProtocol()))
                .map(ClientScopeModel::getName)
                .collect(Collectors.toUnmodifiableSet());
    }
}
