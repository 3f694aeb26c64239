package io.github.keycloakmcp.assertion;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ServerCatalogue;
import io.github.keycloakmcp.platform.ServerScopes;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.ScopeList;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.assertion.AssertedAccess;
import io.github.keycloakmcp.rule.assertion.AssertedScopes;
import io.github.keycloakmcp.rule.assertion.RequestedScope;
import io.github.keycloakmcp.rule.resource.GrantedResources;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ResourceBinding;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenManager;

/**
 * What a token request with an assertion is for.
 *
 * @param scope the scopes that it names, or those that the assertion names where the request names none
 * @param requested the client scopes that it is for
 * @param resources its resource parameters
 */
record AssertedRequest(
        KeycloakSession session,
        ClientModel client,
        String scope,
        List<ClientScopeModel> requested,
        List<String> resources) {

    static AssertedRequest of(
            KeycloakSession session,
            ClientModel client,
            @Nullable String scope,
            Optional<AssertedAccess> access,
            List<String> resources) {
        String names = scope == null || scope.isBlank() ? named(client, access) : scope;
        return new AssertedRequest(
                session,
                client,
                names,
                TokenManager.getRequestedClientScopes(session, names, client, null)
                        .filter(one -> !(one instanceof ClientModel))
                        .toList(),
                resources);
    }

    /** The scopes of an assertion that the client may have; a request without scope is for them. */
    private static String named(ClientModel client, Optional<AssertedAccess> access) {
        Set<String> available = new HashSet<>(client.getClientScopes(true).keySet());
        available.addAll(client.getClientScopes(false).keySet());
        available.add(OAuth2Constants.SCOPE_OPENID);
        return access
                .map(AssertedAccess::scopes)
                .map(scopes -> scopes instanceof AssertedScopes.Only only ? only.names() : Set.<String>of())
                .orElse(Set.of())
                .stream()
                .filter(available::contains)
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /** Tells whether the token could be for an MCP server. */
    boolean isMcp() {
        return requested.stream().anyMatch(AssertedRequest::opensServers);
    }

    /**
     * The names of the client scopes that the token may carry.
     *
     * @param trusted the servers that the issuer's assertions open; none where they open all
     */
    Verdict<Set<String>> kept(AssertedAccess access, List<String> trusted) {
        GrantedResources granted = GrantedResources.asserted(access.servers());
        List<String> concerned = Stream.concat(access.servers().stream(), resources.stream())
                .distinct()
                .toList();
        return openedBy(any -> true, concerned)
                .then(servers -> ResourceBinding.decide(servers, granted, resources))
                .then(binding -> trusted.isEmpty() || trusted.containsAll(binding.resources())
                        ? Verdict.allowed(binding)
                        : Verdict.refused(notTrusted(binding)))
                .then(binding -> {
                    Set<String> names = names(access);
                    return openedBy(scope -> names.contains(scope.getName()), binding.resources())
                            .then(opened -> binding.resources().stream().allMatch(opened::opens)
                                    ? Verdict.allowed(names)
                                    : Verdict.refused(withoutScope(binding)));
                });
    }

    /** What is left of the scopes that the request names. A name that Keycloak does not know, it refuses itself. */
    String left(AssertedAccess access, Set<String> kept) {
        Set<String> dropped = requested.stream()
                .map(ClientScopeModel::getName)
                .filter(name -> !kept.contains(name))
                .collect(Collectors.toCollection(HashSet::new));
        if (!access.scopes().keepsNamed(OAuth2Constants.SCOPE_OPENID)) {
            dropped.add(OAuth2Constants.SCOPE_OPENID);
        }
        return ScopeList.without(scope, dropped);
    }

    private Set<String> names(AssertedAccess access) {
        Set<String> defaults = client.getClientScopes(true).keySet();
        return requested.stream()
                .filter(one -> access.scopes()
                        .keep(new RequestedScope(
                                one.getName(),
                                one.isIncludeInTokenScope(),
                                defaults.contains(one.getName()),
                                opensServers(one),
                                ServerScopes.isOwn(one))))
                .map(ClientScopeModel::getName)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Verdict<McpServers> openedBy(Predicate<ClientScopeModel> scopes, List<String> concerned) {
        return ServerCatalogue.of(
                session,
                requested.stream().filter(scopes).flatMap(ClientScopeModel::getProtocolMappersStream),
                concerned);
    }

    private static boolean opensServers(ClientScopeModel scope) {
        return scope.getProtocolMappersStream().anyMatch(ServerCatalogue::isDeclaration);
    }

    private static Refusal notTrusted(ResourceBinding binding) {
        return new Refusal(
                RefusalCode.ASSERTION_SERVER_NOT_TRUSTED,
                "invalid_grant",
                "assertions of this issuer are not accepted for "
                        + Refusal.excerpt(String.join(" ", binding.resources())),
                "setting mcp.servers of the identity provider",
                "RFC 7521 section 4.1");
    }

    private static Refusal withoutScope(ResourceBinding binding) {
        return new Refusal(
                RefusalCode.ASSERTION_SCOPE_MISMATCH,
                "invalid_grant",
                "the assertion does not approve a requested scope of "
                        + Refusal.excerpt(String.join(" ", binding.resources())),
                "claim scope of the assertion",
                "Identity Assertion JWT Authorization Grant");
    }
}
