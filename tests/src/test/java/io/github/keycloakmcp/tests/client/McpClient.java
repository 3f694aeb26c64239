package io.github.keycloakmcp.tests.client;

import java.net.URI;

import io.github.keycloakmcp.tests.server.McpRealm;
import org.jspecify.annotations.Nullable;

/**
 * An MCP client as an actor: discovers, registers, authorizes, redeems, refreshes. Immutable; what changes it gives a
 * changed copy. Answers come back as they are, so that a test can look at refusals; the accessors of answers insist on
 * success.
 */
public final class McpClient {

    private final Http http;
    private final AuthorizationServer server;
    private final @Nullable Identity identity;

    private record Identity(
            String clientId,
            ClientAuthentication authentication,
            String redirectUri,
            @Nullable DpopKey key) {

        Identity(String clientId, ClientAuthentication authentication, String redirectUri) {
            this(clientId, authentication, redirectUri, null);
        }

        /** With a proof of the key, if there is one (RFC 9449 section 4). */
        HttpReply post(Http http, AuthorizationServer server, URI endpoint, Form form) {
            Http proven = key == null ? http : http.with("DPoP", key.proof("POST", endpoint));
            return authentication.post(proven, server, endpoint, clientId, form);
        }
    }

    private McpClient(Http http, AuthorizationServer server, @Nullable Identity identity) {
        this.http = http;
        this.server = server;
        this.identity = identity;
    }

    /** A client that has discovered the realm and is not known to it yet. */
    public static McpClient of(McpRealm realm) {
        return of(realm.issuer());
    }

    /** A client that has discovered the issuer and is not known to it yet. */
    public static McpClient of(URI issuer) {
        return new McpClient(Http.plain(), AuthorizationServer.discover(Http.plain(), issuer), null);
    }

    /** The same sending one more header with every request, for example {@code Origin}. */
    public McpClient sending(String header, String value) {
        return new McpClient(http.with(header, value), server, identity);
    }

    /** The same under an identity it has from elsewhere; no secret makes it public. */
    public McpClient identifiedBy(String clientId, @Nullable String secret, String redirectUri) {
        ClientAuthentication proof = secret == null ? ClientAuthentication.NONE : ClientAuthentication.secret(secret);
        return new McpClient(http, server, new Identity(clientId, proof, redirectUri));
    }

    /** The same under an identity that it proves with a key of its own. */
    public McpClient provenBy(String clientId, SigningKey key, String redirectUri) {
        return new McpClient(http, server, new Identity(clientId, ClientAuthentication.privateKey(key), redirectUri));
    }

    /** The same under the identity of a registration, which has to have succeeded. */
    public McpClient identifiedBy(Registration registration) {
        registration.expect(201);
        String redirect = registration.redirectUris().stream().findFirst().orElse("");
        return identifiedBy(registration.clientId(), registration.clientSecret().orElse(null), redirect);
    }

    /** The same, proving a key with each request to an endpoint of the server. */
    public McpClient proving(DpopKey key) {
        Identity self = identity();
        return new McpClient(
                http, server, new Identity(self.clientId(), self.authentication(), self.redirectUri(), key));
    }

    /** The same without proofs. */
    public McpClient withoutProof() {
        Identity self = identity();
        return new McpClient(http, server, new Identity(self.clientId(), self.authentication(), self.redirectUri()));
    }

    /** Registers, and goes on under the identity given. */
    public McpClient registered(ClientMetadata metadata) {
        return identifiedBy(register(metadata));
    }

    /** Asks to be registered. */
    public Registration register(ClientMetadata metadata) {
        return register(metadata.json().toString());
    }

    /** Asks to be registered with a document as it is. */
    public Registration register(String json) {
        return new Registration(http.json("POST", server.registrationEndpoint(), json));
    }

    /** Asks to be registered with an initial access token. */
    public Registration register(String json, String initialAccessToken) {
        return sending("Authorization", "Bearer " + initialAccessToken).register(json);
    }

    /** Reads its registration (RFC 7592 section 2.1). */
    public Registration readRegistration(Registration old) {
        return new Registration(bearer(old.managementToken()).get(old.managementUri()));
    }

    /** Replaces its registration (RFC 7592 section 2.2). */
    public Registration updateRegistration(Registration old, String json) {
        return new Registration(bearer(old.managementToken()).json("PUT", old.managementUri(), json));
    }

    /** Removes its registration (RFC 7592 section 2.3). */
    public HttpReply deleteRegistration(Registration old) {
        return bearer(old.managementToken()).delete(old.managementUri());
    }

    /** An authorization request with everything a client has to send, PKCE included; resource and scope are to be added. */
    public AuthorizationRequest authorization() {
        return AuthorizationRequest.of(
                server.authorizationEndpoint(),
                identity().clientId(),
                identity().redirectUri());
    }

    /** The parameters that redeem a code: the same redirect URI and the same resource as in the request. */
    public Form codeForm(AuthorizationRequest request, AuthorizationReply reply) {
        Form form = Form.of(
                "grant_type", "authorization_code", "code", reply.code(), "redirect_uri", request.redirectUri());
        Form proven = request.pkce().verifier().isEmpty()
                ? form
                : form.with("code_verifier", request.pkce().verifier());
        return proven.with("resource", request.parameters().values("resource").toArray(String[]::new));
    }

    /** Redeems a code for the resource of the request, after the checks of RFC 9207 and of {@code state}. */
    public TokenReply redeem(AuthorizationRequest request, AuthorizationReply reply) {
        reply.check(request, server.issuer());
        return token(codeForm(request, reply));
    }

    /** The whole way through a browser, accepting consent: request, login, consent, tokens. */
    public Tokens obtain(Browser browser, AuthorizationRequest request) {
        return redeem(request, browser.authorize(request)).tokens();
    }

    /** Refreshes, for the resources given or for none in particular. */
    public TokenReply refresh(String refreshToken, String... resources) {
        return token(Form.of("grant_type", "refresh_token", "refresh_token", refreshToken)
                .with("resource", resources));
    }

    /** Asks for a token of its own. */
    public TokenReply clientCredentials(String scope, String... resources) {
        Form form = Form.of("grant_type", "client_credentials").with("resource", resources);
        return token(scope.isEmpty() ? form : form.with("scope", scope));
    }

    /** Any request to the token endpoint; the client's authentication is added. */
    public TokenReply token(Form form) {
        return new TokenReply(post("token_endpoint", form));
    }

    /** Revokes a token (RFC 7009). */
    public HttpReply revoke(String token) {
        return post("revocation_endpoint", Form.of("token", token));
    }

    /** Introspects a token (RFC 7662). */
    public HttpReply introspect(String token) {
        return post("introspection_endpoint", Form.of("token", token));
    }

    /** Pushes an authorization request (RFC 9126). */
    public HttpReply push(AuthorizationRequest request) {
        return post("pushed_authorization_request_endpoint", request.parameters());
    }

    /** A form to any endpoint of the metadata; the client's authentication is added. */
    public HttpReply post(String endpoint, Form form) {
        return identity().post(http, server, server.endpoint(endpoint), form);
    }

    /** What the client discovered. */
    public AuthorizationServer server() {
        return server;
    }

    /** The HTTP it uses, for requests that are none of the above. */
    public Http http() {
        return http;
    }

    /** Its identifier. */
    public String clientId() {
        return identity().clientId();
    }

    private Http bearer(String token) {
        return http.with("Authorization", "Bearer " + token);
    }

    private Identity identity() {
        if (identity == null) {
            throw new IllegalStateException("the client is not registered yet");
        }
        return identity;
    }
}
