package io.github.keycloakmcp.example;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Tokens that are bound to a key, on the running server: with a proof, without one, and where each is required. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DpopTest {

    private static final ECKey KEY = TestProof.newKey();
    private static final String ALGS = "algs=\"ES256 ES384 ES512 PS256 PS384 PS512 RS256 RS384 RS512\"";
    private static final String HINTS =
            ALGS + ", resource_metadata=\"" + RunningServer.METADATA + "\", scope=\"mcp:tools\"";

    private final TestIssuer issuer;
    private final RunningServer server;
    private final RunningServer strict;

    DpopTest() throws IOException, JOSEException {
        issuer = TestIssuer.publishing();
        server = RunningServer.trusting(issuer, "--tool-scopes=add=calc:add");
        strict = RunningServer.trusting(issuer, "--dpop=required");
    }

    @AfterAll
    void stop() {
        server.close();
        strict.close();
        issuer.close();
    }

    @Test
    @DisplayName("a bound token with a proof reaches the endpoint, and its tools need their scopes as ever")
    void proven() throws Exception {
        String token = bound("mcp:tools");
        String list = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
        String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"add\"}}";

        assertTrue(post(server, list, "DPoP " + token, proof(token, list)).statusCode() < 401);
        HttpResponse<String> refused = post(server, call, "dpop " + token, proof(token, call));
        assertEquals(403, refused.statusCode());
        assertTrue(challenge(refused).startsWith("DPoP error=\"insufficient_scope\""), challenge(refused));
    }

    @Test
    @DisplayName("the answer to a wrong proof is 401 invalid_dpop_proof with the reason and the algorithms")
    void wrongProof() throws Exception {
        String token = bound("mcp:tools");
        HttpResponse<String> answer = post(server, "{\"other\":true}", "DPoP " + token, proof(token, "{}"));
        assertEquals(401, answer.statusCode());
        assertEquals(
                "DPoP error=\"invalid_dpop_proof\", error_description=\"" + ProofRefused.OTHER_BODY.description()
                        + "\", " + HINTS,
                challenge(answer));
        assertTrue(challenge(post(server, "{}", "DPoP " + token)).contains(ProofRefused.NOT_ONE.description()));
    }

    @Test
    @DisplayName("the scheme has to fit the token")
    void schemes() throws Exception {
        String bound = bound("mcp:tools");
        String plain = issuer.token(claims -> {});
        assertRefused(post(server, "{}", "Bearer " + bound, proof(bound, "{}")), "DPoP", "The token is bound to a key");
        assertRefused(post(server, "{}", "DPoP " + plain, proof(plain, "{}")), "DPoP", "The token is not bound");
        String certificate = issuer.token(claims -> claims.claim("cnf", Map.of("x5t#S256", "x")));
        assertRefused(post(server, "{}", "Bearer " + certificate), "Bearer", "The token is bound in a way");
        String both = issuer.token(claims -> claims.claim("cnf", Map.of("x5t#S256", "x", "jkt", "y")));
        assertRefused(post(server, "{}", "DPoP " + both, proof(both, "{}")), "DPoP", "The token is bound in a way");
    }

    @Test
    @DisplayName("a server that requires proofs refuses bearer tokens and says so before it gets one")
    void required() throws Exception {
        assertEquals("DPoP " + HINTS, challenge(strict.initialize()));
        String plain = issuer.token(claims -> {});
        assertRefused(post(strict, "{}", "Bearer " + plain), "DPoP", "This server accepts only tokens that are bound");
        String bound = bound("mcp:tools");
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
        assertTrue(post(strict, ping, "DPoP " + bound, proof(bound, ping)).statusCode() < 401);
    }

    @Test
    @DisplayName("the metadata of both says what they accept")
    void metadata() throws Exception {
        Map<String, Object> open =
                JSONObjectUtils.parse(server.get(ProtectedResourceMetadata.ROOT).body());
        Map<String, Object> closed =
                JSONObjectUtils.parse(strict.get(ProtectedResourceMetadata.ROOT).body());
        assertEquals(SignedProof.algorithms(), open.get("dpop_signing_alg_values_supported"));
        assertEquals(null, open.get("dpop_bound_access_tokens_required"));
        assertEquals(true, closed.get("dpop_bound_access_tokens_required"));
    }

    @Test
    @DisplayName("a body that is too large is refused before its proof")
    void large() throws Exception {
        String token = bound("mcp:tools");
        String body = "x".repeat(ToolScopes.LARGEST_REQUEST + 1);
        assertEquals(
                413, post(server, body, "DPoP " + token, proof(token, body)).statusCode());
    }

    private String bound(String scope) throws JOSEException {
        String thumbprint = KEY.computeThumbprint().toString();
        return issuer.token(claims -> claims.claim("typ", "DPoP")
                .claim("scope", scope)
                .claim("cnf", Map.of("jkt", thumbprint, "kc-jkt-type", "DPoP")));
    }

    private static String proof(String token, String body) {
        return TestProof.of(KEY)
                .claim("iat", Instant.now().getEpochSecond())
                .claim("ath", Proofs.hash(token))
                .forBody(body)
                .text();
    }

    private static HttpResponse<String> post(RunningServer to, String body, String authorization, String... proofs)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(to.url() + "/mcp"))
                .header("Accept", "application/json, text/event-stream")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        List<String> headers = new ArrayList<>(List.of("Authorization", authorization));
        for (String proof : proofs) {
            headers.addAll(List.of("DPoP", proof));
        }
        return to.send(request, headers.toArray(String[]::new));
    }

    private static void assertRefused(HttpResponse<String> answer, String scheme, String reason) {
        assertEquals(401, answer.statusCode());
        String start = scheme + " error=\"invalid_token\", error_description=\"" + reason;
        assertTrue(challenge(answer).startsWith(start), challenge(answer));
    }

    private static String challenge(HttpResponse<String> answer) {
        return answer.headers().firstValue("WWW-Authenticate").orElse("none");
    }
}
