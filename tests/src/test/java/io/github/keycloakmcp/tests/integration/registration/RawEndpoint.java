package io.github.keycloakmcp.tests.integration.registration;

import java.net.URI;
import java.util.stream.Stream;

import io.github.keycloakmcp.tests.server.McpRealm;

/** Keycloak's registration endpoint for its own representation, which knows far more than RFC 7591. */
final class RawEndpoint {

    private RawEndpoint() {}

    static URI of(McpRealm realm) {
        return URI.create(realm.issuer() + "/clients-registrations/default");
    }

    static URI of(McpRealm realm, String clientId) {
        return URI.create(of(realm) + "/" + clientId);
    }

    /**
     * An update that would give a client more than it may have.
     *
     * @param name what it would get
     * @param members JSON members of Keycloak's representation
     */
    record Wider(String name, String members) {

        /** The whole body for one client. */
        String body(String clientId) {
            return "{\"clientId\": \"%s\", %s}".formatted(clientId, members);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Wider> wider() {
        return Stream.of(
                new Wider("nothing new", "\"name\": \"Managed\""),
                new Wider("a redirect URI with a wildcard", "\"redirectUris\": [\"https://evil.example/*\"]"),
                new Wider("full scope", "\"fullScopeAllowed\": true"),
                new Wider("no consent", "\"consentRequired\": false"),
                new Wider("a service account", "\"serviceAccountsEnabled\": true, \"publicClient\": false"),
                new Wider("password grant", "\"directAccessGrantsEnabled\": true"),
                new Wider("implicit flow", "\"implicitFlowEnabled\": true"),
                new Wider("default roles", "\"defaultRoles\": [\"admin\"]"),
                new Wider("every origin", "\"webOrigins\": [\"*\"]"),
                new Wider("an admin URL that the server calls", "\"adminUrl\": \"http://169.254.169.254/\""),
                new Wider("another root URL", "\"rootUrl\": \"https://evil.example\""),
                new Wider("authorization services", "\"authorizationServicesEnabled\": true"),
                new Wider("another login flow", "\"authenticationFlowBindingOverrides\": {\"browser\": \"x\"}"),
                new Wider("other scopes", "\"defaultClientScopes\": [\"mcp:tools\", \"microprofile-jwt\"]"),
                new Wider("plain PKCE", "\"attributes\": {\"pkce.code.challenge.method\": \"plain\"}"),
                new Wider(
                        "a back-channel logout URL",
                        "\"attributes\": {\"backchannel.logout.url\": \"http://10.0.0.1/\"}"),
                new Wider("the time of its registration", "\"attributes\": {\"mcp.registered\": \"\"}"),
                new Wider("a resource URL", "\"attributes\": {\"resource_url\": \"https://mcp.example/mcp\"}"),
                new Wider("a required role", "\"attributes\": {\"mcp.required-role\": \"\"}"),
                new Wider("a mapper for the audience", mapper("oidc-audience-mapper", "included.custom.audience", "x")),
                new Wider(
                        "a mapper for a role",
                        mapper("oidc-hardcoded-role-mapper", "role", "realm-management.realm-admin")),
                new Wider("a mapper for the user", mapper("oidc-hardcoded-claim-mapper", "claim.name", "sub")),
                new Wider(
                        "a mapper of ours", mapper("mcp-resource-audience", "mcp-servers", "https://evil.example/mcp")),
                new Wider(
                        "an allowed mapper of a type that changes later",
                        mapper("oidc-sha256-pairwise-sub-mapper", "sectorIdentifierUri", "http://10.0.0.1/")));
    }

    private static String mapper(String type, String key, String value) {
        return """
                "protocolMappers": [{"name": "m", "protocol": "openid-connect", "protocolMapper": "%s",
                  "config": {"%s": "%s", "access.token.claim": "true"}}]
                """.formatted(type, key, value);
    }
}
