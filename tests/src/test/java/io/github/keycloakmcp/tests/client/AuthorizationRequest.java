package io.github.keycloakmcp.tests.client;

import java.net.URI;

/**
 * An authorization request on its way into a browser. Every method gives a changed copy.
 *
 * @param endpoint the authorization endpoint
 * @param parameters the query parameters
 * @param pkce the proof that redeems the code
 */
public record AuthorizationRequest(URI endpoint, Form parameters, Pkce pkce) {

    static AuthorizationRequest of(URI endpoint, String clientId, String redirectUri) {
        Form form = Form.of("response_type", "code", "client_id", clientId, "redirect_uri", redirectUri);
        return new AuthorizationRequest(endpoint, form.with("state", Pkce.random()), Pkce.none()).pkce(Pkce.s256());
    }

    /** For these MCP servers; none removes the parameter, several repeat it. */
    public AuthorizationRequest resource(String... resources) {
        return with("resource", resources);
    }

    /** With these scopes, separated by blanks. */
    public AuthorizationRequest scope(String scope) {
        return with("scope", scope);
    }

    /** With a {@code prompt}. */
    public AuthorizationRequest prompt(String prompt) {
        return with("prompt", prompt);
    }

    /** With another {@code state}. */
    public AuthorizationRequest state(String state) {
        return with("state", state);
    }

    /** With another redirect URI, as a client on a random loopback port sends it. */
    public AuthorizationRequest redirectUri(String uri) {
        return with("redirect_uri", uri);
    }

    /** With another kind of proof, or none. */
    public AuthorizationRequest pkce(Pkce other) {
        Form bare = parameters.without("code_challenge").without("code_challenge_method");
        return new AuthorizationRequest(
                endpoint,
                other.method().isEmpty()
                        ? bare
                        : bare.with("code_challenge", other.challenge()).with("code_challenge_method", other.method()),
                other);
    }

    /** With exactly these values of any parameter. */
    public AuthorizationRequest with(String name, String... values) {
        return new AuthorizationRequest(endpoint, parameters.with(name, values), pkce);
    }

    /** The URL to open. */
    public URI uri() {
        return URI.create(endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + parameters.encoded());
    }

    /** The redirect URI of the request. */
    public String redirectUri() {
        return parameters.value("redirect_uri").orElse("");
    }
}
