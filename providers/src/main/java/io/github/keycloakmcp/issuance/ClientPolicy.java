package io.github.keycloakmcp.issuance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.ClientIds;
import io.github.keycloakmcp.rule.assertion.IssuancePolicy;
import io.github.keycloakmcp.rule.assertion.IssuedAccess;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.TokenExchangeContext;

/**
 * Reads the policy from client attributes. A client of the realm stands for each authorization server; the attributes of the
 * client that requests assertions name it. The names are those of Keycloak's own development, so that a realm survives the day
 * on which Keycloak issues identity assertions itself.
 */
final class ClientPolicy {

    private ClientPolicy() {}

    /** Tells whether the client may get assertions for any authorization server. */
    static boolean isConfigured(ClientModel client) {
        return client.getAttributes().keySet().stream()
                .anyMatch(name -> name.startsWith(ClientAttributes.ASSERTION_CLIENT_ID_AT));
    }

    /** The policies of the client, one for each authorization server that it may use, by the client that stands for it. */
    static List<IssuancePolicy> of(RealmModel realm, ClientModel client) {
        return targets(realm, client)
                .map(target -> policy(client, target))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The claims about the user that the authorization server needs; none where it finds its users by {@code sub}. */
    static Set<String> claims(TokenExchangeContext context, IssuedAccess access) {
        return targets(context.getRealm(), context.getClient())
                .filter(target ->
                        access.audience().equals(target.getAttribute(ClientAttributes.AUTHORIZATION_SERVER_IDENTIFIER)))
                .findFirst()
                .map(target -> Set.copyOf(list(target, ClientAttributes.ASSERTION_CLAIMS)))
                .orElse(Set.of());
    }

    private static Stream<ClientModel> targets(RealmModel realm, ClientModel client) {
        return client.getAttributes().keySet().stream()
                .filter(name -> name.startsWith(ClientAttributes.ASSERTION_CLIENT_ID_AT))
                .map(name -> name.substring(ClientAttributes.ASSERTION_CLIENT_ID_AT.length()))
                .sorted()
                .flatMap(id -> ClientIds.find(realm, id).stream())
                .filter(ClientModel::isEnabled);
    }

    private static Optional<IssuancePolicy> policy(ClientModel client, ClientModel target) {
        String issuer = target.getAttribute(ClientAttributes.AUTHORIZATION_SERVER_IDENTIFIER);
        String clientId = client.getAttribute(ClientAttributes.ASSERTION_CLIENT_ID_AT + target.getClientId());
        if (issuer == null || issuer.isBlank() || clientId == null || clientId.isBlank()) {
            return Optional.empty();
        }
        List<String> ofTarget = list(target, ClientAttributes.ASSERTION_SERVERS);
        String restriction = ClientAttributes.ASSERTION_SERVERS + ".at." + target.getClientId();
        List<String> ofClient = list(client, restriction);
        return Optional.of(new IssuancePolicy(
                issuer,
                clientId,
                ofClient.isEmpty()
                        ? ofTarget
                        : ofTarget.stream().filter(ofClient::contains).toList(),
                list(client, ClientAttributes.ASSERTION_SCOPES_AT + target.getClientId()),
                roles(target, issuer)));
    }

    private static Map<String, String> roles(ClientModel target, String issuer) {
        Map<String, String> roles = target.getAttributes().entrySet().stream()
                .filter(attribute -> attribute.getKey().startsWith(ClientAttributes.ASSERTION_ROLE_FOR))
                .collect(Collectors.toMap(
                        attribute -> attribute.getKey().substring(ClientAttributes.ASSERTION_ROLE_FOR.length()),
                        Map.Entry::getValue,
                        (one, other) -> one,
                        HashMap::new));
        String required = target.getAttribute(ClientAttributes.REQUIRED_ROLE);
        if (required != null && !required.isBlank()) {
            roles.put(issuer, required);
        }
        return roles;
    }

    private static List<String> list(ClientModel client, String attribute) {
        String value = client.getAttribute(attribute);
        return value == null || value.isBlank()
                ? List.of()
                : List.of(value.strip().split("\\s+"));
    }
}
