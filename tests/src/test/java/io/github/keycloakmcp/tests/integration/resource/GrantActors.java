package io.github.keycloakmcp.tests.integration.resource;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.DpopKey;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.Pkce;
import io.github.keycloakmcp.tests.client.SigningKey;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.McpRealm;

/**
 * Everybody who takes part in a grant: a client that may use all of them, one that has a key in place of a secret, an
 * enterprise that vouches for its user, and alice, who has logged in once and for all.
 */
final class GrantActors {

    private static final String SECRET = "secret-of-all-grants";
    private static final String GRANT_TYPES = "urn:ietf:params:oauth:grant-type:";
    private static final String TOKEN_TYPES = "urn:ietf:params:oauth:token-type:";

    private final URI issuer;
    private final SigningKey key;
    private final Enterprise enterprise;
    private final Browser browser;
    private final McpClient client;
    private final McpClient keyed;
    private final Tokens subject;

    GrantActors(McpRealm realm) {
        this(realm, false, client -> client);
    }

    /** The same actors with DPoP: without a proof their clients get no token. */
    GrantActors(McpRealm realm, DpopKey dpop) {
        this(realm, true, client -> client.proving(dpop));
    }

    private GrantActors(McpRealm realm, boolean dpop, UnaryOperator<McpClient> with) {
        key = SigningKey.generate();
        browser = Browser.of("alice");
        makeClients(realm, key, dpop);
        enterprise = Enterprise.trustedBy(realm, "alice");
        issuer = realm.issuer();
        client = with.apply(McpClient.of(realm).identifiedBy("all-grants", SECRET, ClientMetadata.LOOPBACK));
        keyed = with.apply(McpClient.of(realm).provenBy("keyed", key, ClientMetadata.LOOPBACK));
        subject = client.obtain(browser, client.authorization().resource(McpRealm.SERVER_A));
    }

    private GrantActors(GrantActors proven) {
        enterprise = proven.enterprise;
        issuer = proven.issuer;
        key = proven.key;
        client = proven.client.withoutProof();
        keyed = proven.keyed.withoutProof();
        subject = proven.subject;
        browser = proven.browser;
    }

    /** The same actors, who forget their proofs. */
    GrantActors unproven() {
        return new GrantActors(this);
    }

    /** Asks for a first token; more scopes than the client has anyway are for grants of a user. */
    Answer ask(Grant grant, String moreScopes, String... resources) {
        return switch (grant) {
            case CODE_BY_QUERY -> {
                AuthorizationRequest request = request(client, moreScopes, resources);
                yield redeem(client, request, browser.open(request.uri()));
            }
            case CODE_BY_POST -> {
                AuthorizationRequest request = request(client, moreScopes, resources);
                yield redeem(client, request, browser.post(request.endpoint(), request.parameters()));
            }
            case PUSHED_REQUEST -> push(request(client, moreScopes, resources));
            case REQUEST_OBJECT -> signed(request(keyed, moreScopes, resources));
            case CLIENT_SECRET -> Answer.of(client.clientCredentials("", resources));
            case CLIENT_KEY -> Answer.of(keyed.clientCredentials("", resources));
            case DEVICE -> device(scoped(Form.of().with("resource", resources), moreScopes));
            case EXCHANGE -> exchange(resources);
            case ASSERTION -> assertion(Map.of(), resources);
            case CLAIM_OF_ASSERTION -> assertion(claim(resources));
        };
    }

    /** Refreshes what {@link #ask} gave. */
    Answer refresh(String refreshToken, String... resources) {
        return Answer.of(client.refresh(refreshToken, resources));
    }

    /** Refreshes what {@link #ask} gave for a grant, as the client that has it. */
    Answer refresh(Grant grant, String refreshToken, String... resources) {
        McpClient its = grant == Grant.REQUEST_OBJECT ? keyed : client;
        return Answer.of(its.refresh(refreshToken, resources));
    }

    private static AuthorizationRequest request(McpClient client, String moreScopes, String... resources) {
        AuthorizationRequest request = client.authorization().resource(resources);
        return moreScopes.isEmpty() ? request : request.scope(moreScopes);
    }

    private Answer redeem(McpClient by, AuthorizationRequest request, Page page) {
        AuthorizationReply reply = page.answer();
        reply.check(request, issuer);
        return reply.hasCode() ? Answer.of(by.redeem(request, reply)) : Answer.refused(reply);
    }

    private Answer push(AuthorizationRequest request) {
        HttpReply pushed = client.push(request);
        if (pushed.statusCode() != 201) {
            return Answer.refused(pushed);
        }
        String reference = pushed.json().path("request_uri").asText();
        Form form = Form.of("client_id", client.clientId(), "request_uri", reference);
        return redeem(
                client,
                request,
                browser.open(new AuthorizationRequest(request.endpoint(), form, request.pkce()).uri()));
    }

    /** The same request as a signed object (RFC 9101), beside which the address bar says only who asks. */
    private Answer signed(AuthorizationRequest request) {
        Map<String, Object> claims = new HashMap<>(Map.of("iss", keyed.clientId(), "aud", issuer.toString()));
        request.parameters().without("resource").fields().forEach(field -> claims.put(field.name(), field.value()));
        claims.putAll(claim(request.parameters().values("resource").toArray(String[]::new)));
        Form form = Form.of("client_id", keyed.clientId(), "response_type", "code")
                .with("request", key.sign("oauth-authz-req+jwt", claims));
        return redeem(
                keyed, request, browser.open(new AuthorizationRequest(request.endpoint(), form, request.pkce()).uri()));
    }

    private Answer device(Form form) {
        Pkce pkce = Pkce.s256();
        HttpReply started = client.post(
                "device_authorization_endpoint",
                form.with("code_challenge", pkce.challenge()).with("code_challenge_method", pkce.method()));
        if (started.statusCode() != 200) {
            return Answer.refused(started);
        }
        browser.accept(browser.open(
                URI.create(started.json().path("verification_uri_complete").asText())));
        return Answer.of(client.token(Form.of("grant_type", GRANT_TYPES + "device_code")
                .with("code_verifier", pkce.verifier())
                .with("device_code", started.json().path("device_code").asText())));
    }

    private Answer exchange(String... resources) {
        return Answer.of(client.token(Form.of("grant_type", GRANT_TYPES + "token-exchange")
                .with("subject_token", subject.accessToken())
                .with("subject_token_type", TOKEN_TYPES + "access_token")
                .with("requested_token_type", TOKEN_TYPES + "refresh_token")
                .with("resource", resources)));
    }

    private Answer assertion(Map<String, Object> claims, String... resources) {
        return Answer.of(client.token(Form.of("grant_type", GRANT_TYPES + "jwt-bearer")
                .with("assertion", enterprise.vouch("alice", client.clientId(), issuer, claims))
                .with("resource", resources)));
    }

    /** One value as it is, several as an array. */
    private static Map<String, Object> claim(String... resources) {
        return switch (resources.length) {
            case 0 -> Map.of();
            case 1 -> Map.of("resource", resources[0]);
            default -> Map.of("resource", List.of(resources));
        };
    }

    private static Form scoped(Form form, String moreScopes) {
        return moreScopes.isEmpty() ? form : form.with("scope", moreScopes);
    }

    private static void makeClients(McpRealm realm, SigningKey key, boolean dpop) {
        realm.clients().create("""
                        {"clientId": "all-grants", "secret": "%s", "publicClient": false, "redirectUris": ["%s"],
                         "serviceAccountsEnabled": true, "fullScopeAllowed": false,
                         "defaultClientScopes": ["basic", "mcp:tools"], "optionalClientScopes": ["offline_access"],
                         "attributes": {"oauth2.device.authorization.grant.enabled": "true",
                           "dpop.bound.access.tokens": "%s",
                           "standard.token.exchange.enabled": "true",
                           "standard.token.exchange.enableRefreshRequestedTokenType": "SAME_SESSION",
                           "oauth2.jwt.authorization.grant.enabled": "true",
                           "oauth2.jwt.authorization.grant.idp": "%s"}}
                        """.formatted(SECRET, ClientMetadata.LOOPBACK, dpop, Enterprise.ALIAS));
        realm.clients().create("""
                        {"clientId": "keyed", "publicClient": false, "redirectUris": ["%s"],
                         "clientAuthenticatorType": "client-jwt", "serviceAccountsEnabled": true,
                         "defaultClientScopes": ["basic", "mcp:tools"],
                         "attributes": {"use.jwks.string": "true", "dpop.bound.access.tokens": "%s", "jwks.string": %s}}
                        """.formatted(ClientMetadata.LOOPBACK, dpop, Json.tree(key.jwks())));
    }
}
