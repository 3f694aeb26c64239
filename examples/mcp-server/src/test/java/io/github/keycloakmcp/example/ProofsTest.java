package io.github.keycloakmcp.example;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Which proofs open the server: table of RFC 9449 §4.3 and the profile for MCP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProofsTest {

    private static final ECKey KEY = TestProof.newKey();
    private static final ECKey OTHER = TestProof.newKey();

    private final RSAKey rsa = new RSAKeyGenerator(2048).generate();
    private final OctetSequenceKey secret = new OctetSequenceKeyGenerator(256).generate();
    private final Proofs proofs = proofsAt(TestProof.NOW);

    ProofsTest() throws JOSEException {}

    Stream<Arguments> good() {
        return Stream.of(
                good("as a client makes it", proof -> proof),
                good("from 5 minutes ago", proof -> proof.claim("iat", at(-300))),
                good("from 5 minutes ahead", proof -> proof.claim("iat", at(300))),
                good("with further claims", proof -> proof.claim("nonce", "n").claim("exp", at(-1))),
                good("whose htu has a query and a fragment", proof -> htu(proof, RunningServer.RESOURCE + "?a=b#c")),
                good("whose htu is written in capitals", proof -> htu(proof, "HTTP://LOCALHOST:3001/mcp")),
                good("whose htu has dots in its path", proof -> htu(proof, "http://localhost:3001/x/../mcp")),
                good("with a key identifier", proof -> proof.header("kid", "1")));
    }

    @ParameterizedTest(name = "a proof {0} is accepted")
    @MethodSource("good")
    void goodProof(String what, UnaryOperator<TestProof> change) {
        assertEquals(Optional.empty(), judge(change.apply(TestProof.of(KEY)).text()), what);
    }

    Stream<Arguments> hostile() throws JOSEException {
        RSAKey small = new RSAKeyGenerator(1024, true).generate();
        Map<String, Object> privateKey = KEY.toJSONObject();
        return Stream.of(
                bad("typed as an access token", proof -> proof.header("typ", "at+jwt"), ProofRefused.WRONG_TYPE),
                bad("typed as any JWT", proof -> proof.header("typ", "JWT"), ProofRefused.WRONG_TYPE),
                bad("without a type", proof -> proof.header("typ", null), ProofRefused.WRONG_TYPE),
                bad("with alg none", proof -> proof.header("alg", "none"), ProofRefused.MALFORMED),
                bad("with alg HS256", proof -> proof.header("alg", "HS256"), ProofRefused.WRONG_ALGORITHM),
                bad("with alg ES256K", proof -> proof.header("alg", "ES256K"), ProofRefused.WRONG_ALGORITHM),
                bad("with an unknown alg", proof -> proof.header("alg", "XX256"), ProofRefused.WRONG_ALGORITHM),
                bad("without an algorithm", proof -> proof.header("alg", null), ProofRefused.MALFORMED),
                bad("with the alg of another curve", proof -> proof.header("alg", "ES384"), ProofRefused.NO_PUBLIC_KEY),
                bad("with the alg of another kind", proof -> proof.header("alg", "RS256"), ProofRefused.NO_PUBLIC_KEY),
                bad("without a key", proof -> proof.header("jwk", null), ProofRefused.NO_PUBLIC_KEY),
                bad("whose key is no object", proof -> proof.header("jwk", "key"), ProofRefused.MALFORMED),
                bad("whose key is empty", proof -> proof.header("jwk", Map.of()), ProofRefused.MALFORMED),
                bad("with a private key", proof -> proof.header("jwk", privateKey), ProofRefused.MALFORMED),
                bad("with a shared secret", proof -> jwk(proof, secret.toJSONObject()), ProofRefused.MALFORMED),
                bad("whose point is not on the curve", proof -> jwk(proof, offTheCurve()), ProofRefused.MALFORMED),
                bad("signed by another key", proof -> proof.signedBy(OTHER), ProofRefused.WRONG_SIGNATURE),
                bad("with an unknown critical header", ProofsTest::critical, ProofRefused.WRONG_SIGNATURE),
                bad("without htm", proof -> proof.claim("htm", null), ProofRefused.WRONG_METHOD),
                bad("for GET", proof -> proof.claim("htm", "GET"), ProofRefused.WRONG_METHOD),
                bad("for post in small letters", proof -> proof.claim("htm", "post"), ProofRefused.WRONG_METHOD),
                bad("whose htm is a list", proof -> proof.claim("htm", List.of("POST")), ProofRefused.WRONG_METHOD),
                bad("without htu", proof -> proof.claim("htu", null), ProofRefused.WRONG_URI),
                bad("for another path", proof -> htu(proof, "http://localhost:3001/mcp2"), ProofRefused.WRONG_URI),
                bad("for a path below", proof -> htu(proof, RunningServer.RESOURCE + "/x"), ProofRefused.WRONG_URI),
                bad("for another port", proof -> htu(proof, "http://localhost:3002/mcp"), ProofRefused.WRONG_URI),
                bad("for another scheme", proof -> htu(proof, "https://localhost:3001/mcp"), ProofRefused.WRONG_URI),
                bad("for another host", proof -> htu(proof, "http://evil.example:3001/mcp"), ProofRefused.WRONG_URI),
                bad("with user info", proof -> htu(proof, "http://a@localhost:3001/mcp"), ProofRefused.WRONG_URI),
                bad("for a path alone", proof -> htu(proof, "/mcp"), ProofRefused.WRONG_URI),
                bad("for no URI", proof -> htu(proof, "http://[broken"), ProofRefused.WRONG_URI),
                bad("without ath", proof -> proof.claim("ath", null), ProofRefused.OTHER_TOKEN),
                bad("for another token", proof -> proof.claim("ath", Proofs.hash("x")), ProofRefused.OTHER_TOKEN),
                bad("with the token itself", proof -> proof.claim("ath", TestProof.TOKEN), ProofRefused.OTHER_TOKEN),
                bad("without a digest", proof -> proof.claim("content_digest", null), ProofRefused.NO_DIGEST),
                bad("for another body", proof -> proof.forBody("{}"), ProofRefused.OTHER_BODY),
                bad("for no body", proof -> proof.forBody(""), ProofRefused.OTHER_BODY),
                bad("with a weaker digest", proof -> proof.claim("content_digest", "md5=:x:"), ProofRefused.OTHER_BODY),
                bad("with two digests", ProofsTest::twoDigests, ProofRefused.OTHER_BODY),
                bad("with a number as digest", proof -> proof.claim("content_digest", 7), ProofRefused.OTHER_BODY),
                bad("without iat", proof -> proof.claim("iat", null), ProofRefused.WRONG_TIME),
                bad("that is too old", proof -> proof.claim("iat", at(-301)), ProofRefused.WRONG_TIME),
                bad("from the future", proof -> proof.claim("iat", at(301)), ProofRefused.WRONG_TIME),
                bad("in milliseconds", proof -> proof.claim("iat", at(0) * 1000), ProofRefused.WRONG_TIME),
                bad("of the largest time", proof -> proof.claim("iat", Long.MAX_VALUE), ProofRefused.WRONG_TIME),
                bad("with a text as time", proof -> proof.claim("iat", "now"), ProofRefused.MALFORMED),
                bad("without jti", proof -> proof.claim("jti", null), ProofRefused.NO_ID),
                bad("with an empty jti", proof -> proof.claim("jti", ""), ProofRefused.NO_ID),
                bad("with a long jti", proof -> proof.claim("jti", "x".repeat(257)), ProofRefused.NO_ID),
                bad("with a number as jti", proof -> proof.claim("jti", 7), ProofRefused.MALFORMED),
                bad(
                        "of a short RSA key",
                        proof -> jwk(proof, small.toPublicJWK().toJSONObject())
                                .header("alg", "RS256")
                                .signedBy(rsa),
                        ProofRefused.NO_PUBLIC_KEY),
                Arguments.of("of another client", TestProof.of(OTHER).text(), ProofRefused.OTHER_KEY),
                Arguments.of("of another kind of key", TestProof.of(rsa).text(), ProofRefused.OTHER_KEY));
    }

    @ParameterizedTest(name = "a proof {0} is refused: {2}")
    @MethodSource("hostile")
    void hostileProof(String what, String proof, ProofRefused reason) {
        assertEquals(Optional.of(reason), judge(proof), what);
    }

    @ParameterizedTest(name = "\"{0}\" is not a proof")
    @ValueSource(strings = {"", "x", "..", "a.b.c", "e30.e30.", "e30.e30.e30", "bnVsbA.bnVsbA.", "\u0000"})
    void notAProof(String text) {
        assertEquals(Optional.of(ProofRefused.MALFORMED), judge(text));
    }

    @Test
    @DisplayName("claims changed after the signature are refused")
    void changedClaims() {
        String[] good = TestProof.of(KEY).text().split("\\.", -1);
        String[] other = TestProof.of(KEY).forBody("{}").text().split("\\.", -1);
        assertEquals(Optional.of(ProofRefused.WRONG_SIGNATURE), judge(good[0] + '.' + other[1] + '.' + good[2]));
        assertEquals(Optional.of(ProofRefused.WRONG_SIGNATURE), judge(good[0] + '.' + good[1] + '.' + other[2]));
    }

    @Test
    @DisplayName("none and two proofs are refused, even if both are good")
    void numberOfProofs() {
        List<String> two = List.of(TestProof.of(KEY).text(), TestProof.of(KEY).text());
        assertEquals(Optional.of(ProofRefused.NOT_ONE), proofs.judge(List.of(), call("POST", TestProof.BODY)));
        assertEquals(Optional.of(ProofRefused.NOT_ONE), proofs.judge(two, call("POST", TestProof.BODY)));
    }

    @Test
    @DisplayName("a proof opens one request, and a refused one can be sent again")
    void once() {
        String proof = TestProof.of(KEY).text();
        assertEquals(
                Optional.of(ProofRefused.OTHER_BODY), proofs.judge(List.of(proof), call("POST", "{\"other\":true}")));
        assertEquals(Optional.empty(), judge(proof));
        assertEquals(Optional.of(ProofRefused.SEEN), judge(proof));
    }

    @Test
    @DisplayName("the stream and the end of a session have no body, and may leave out its digest")
    void withoutBody() {
        for (String method : List.of("GET", "DELETE")) {
            TestProof proof = TestProof.of(KEY).claim("htm", method);
            assertEquals(
                    Optional.empty(),
                    proofs.judge(List.of(proof.claim("content_digest", null).text()), call(method, "")));
            String hidden = proof.claim("jti", "x" + method).text();
            assertEquals(
                    Optional.of(ProofRefused.NO_DIGEST), proofs.judge(List.of(hidden), call(method, TestProof.BODY)));
        }
    }

    private Optional<ProofRefused> judge(String proof) {
        try {
            return judge(proof, KEY.computeThumbprint().toString());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<ProofRefused> judge(String proof, String thumbprint) {
        String digest = TestProof.digest(TestProof.BODY);
        return proofs.judge(List.of(proof), new Proofs.Call("POST", digest, TestProof.TOKEN, thumbprint));
    }

    private static Proofs.Call call(String method, String body) {
        try {
            String thumbprint = KEY.computeThumbprint().toString();
            return new Proofs.Call(method, TestProof.digest(body), TestProof.TOKEN, thumbprint);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Proofs proofsAt(Instant now) {
        Settings settings = Settings.read(List.of("--resource=" + RunningServer.RESOURCE), Map.of());
        return new Proofs(settings, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static long at(int seconds) {
        return TestProof.NOW.getEpochSecond() + seconds;
    }

    private static TestProof htu(TestProof proof, String uri) {
        return proof.claim("htu", uri);
    }

    private static TestProof jwk(TestProof proof, Map<String, Object> key) {
        return proof.header("jwk", key);
    }

    private static TestProof critical(TestProof proof) {
        return proof.header("crit", List.of("x")).header("x", 1);
    }

    private static TestProof twoDigests(TestProof proof) {
        return proof.claim("content_digest", TestProof.digest("{}") + ", " + TestProof.digest(TestProof.BODY));
    }

    private static Map<String, Object> offTheCurve() {
        Map<String, Object> key = KEY.toPublicJWK().toJSONObject();
        key.put("y", OTHER.getY().toString());
        return key;
    }

    private static Arguments good(String what, UnaryOperator<TestProof> change) {
        return Arguments.of(what, change);
    }

    private static Arguments bad(String what, UnaryOperator<TestProof> change, ProofRefused reason) {
        return Arguments.of(what, change.apply(TestProof.of(KEY)).text(), reason);
    }
}
