package io.github.keycloakmcp.example;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.github.keycloakmcp.example.TokenVerdict.Refused;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** Which tokens open the server, and what the answer to every other one is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessTokensTest {

    private static final String HINTS = "resource_metadata=\"" + RunningServer.METADATA + "\", scope=\"mcp:tools\"";

    private final TestIssuer issuer;
    private final RunningServer server;

    AccessTokensTest() throws IOException, JOSEException {
        issuer = TestIssuer.publishing();
        server = RunningServer.trusting(issuer);
    }

    @BeforeAll
    void readTheKeys() throws Exception {
        assertEquals(200, call(issuer.token(claims -> {})).statusCode());
    }

    @AfterAll
    void stop() {
        server.close();
        issuer.close();
    }

    Stream<Arguments> goodTokens() throws JOSEException {
        return Stream.of(
                Arguments.of("for this server alone", issuer.token(claims -> {})),
                Arguments.of(
                        "for this server among others",
                        issuer.token(claims -> claims.audience(List.of("account", RunningServer.RESOURCE)))),
                Arguments.of("of the type at+jwt", typed("at+jwt")),
                Arguments.of("whose kind is only in the header", issuer.token(claims -> claims.claim("typ", null))),
                Arguments.of("expired within the leeway", issuer.token(claims -> claims.expirationTime(in(-10)))));
    }

    @ParameterizedTest(name = "a token {0} is accepted")
    @MethodSource("goodTokens")
    void goodTokenIsAccepted(String what, String token) throws Exception {
        assertEquals(200, call(token).statusCode(), what);
    }

    Stream<Arguments> badTokens() throws JOSEException {
        String good = issuer.token(claims -> {});
        return Stream.of(
                bad("for another server", wrongAudience("http://localhost:3002/mcp"), Refused.WRONG_AUDIENCE),
                bad(
                        "for a path below this server",
                        wrongAudience(RunningServer.RESOURCE + "/x"),
                        Refused.WRONG_AUDIENCE),
                bad("for the host alone", wrongAudience("http://localhost:3001"), Refused.WRONG_AUDIENCE),
                bad("for nobody", issuer.token(claims -> claims.audience((String) null)), Refused.WRONG_AUDIENCE),
                bad("of another issuer", issuer.token(c -> c.issuer("https://evil.example")), Refused.WRONG_CLAIMS),
                bad("that never expires", issuer.token(c -> c.expirationTime(null)), Refused.WRONG_CLAIMS),
                bad("that is not valid yet", issuer.token(c -> c.notBeforeTime(in(120))), Refused.WRONG_CLAIMS),
                bad("that has expired", issuer.token(c -> c.expirationTime(in(-60))), Refused.EXPIRED),
                bad("without scopes", issuer.token(c -> c.claim("scope", null)), Refused.INSUFFICIENT_SCOPE),
                bad(
                        "with a scope much like it",
                        issuer.token(c -> c.claim("scope", "mcp:toolsx")),
                        Refused.INSUFFICIENT_SCOPE),
                bad(
                        "that is a refresh token",
                        issuer.token(c -> c.claim("typ", "Refresh")),
                        Refused.NOT_AN_ACCESS_TOKEN),
                bad("that is an ID token", issuer.token(c -> c.claim("typ", "ID")), Refused.NOT_AN_ACCESS_TOKEN),
                bad("of the type logout+jwt", typed("logout+jwt"), Refused.UNTRUSTED),
                bad("without a type", typed(null), Refused.UNTRUSTED),
                bad("signed with a key of the same name", signedBy("first"), Refused.UNTRUSTED),
                bad("signed with an unknown key", signedBy("unknown"), Refused.UNTRUSTED),
                bad("signed with another unknown key", signedBy("unknown, too"), Refused.UNTRUSTED),
                bad("signed with a secret", signedWithThePublicKeyAsSecret(), Refused.UNTRUSTED),
                bad("with changed claims", withOtherClaims(good), Refused.UNTRUSTED),
                bad(
                        "without a signature",
                        new PlainJWT(new JWTClaimsSet.Builder().build()).serialize(),
                        Refused.UNTRUSTED),
                bad("whose parts are null", "bnVsbA.bnVsbA.x", Refused.MALFORMED),
                bad("that is no JWT", "garbage", Refused.MALFORMED));
    }

    @ParameterizedTest(name = "a token {0} is refused: {2}")
    @MethodSource("badTokens")
    void badTokenIsRefused(String what, String token, Refused reason) throws Exception {
        HttpResponse<String> answer = call(token);

        assertEquals(reason.status(), answer.statusCode(), what);
        assertEquals(
                "Bearer error=\"" + reason.error() + "\", error_description=\"" + reason.description() + "\", " + HINTS,
                challenge(answer));
        assertFalse((answer.body() + answer.headers()).contains(token), "the token is reflected");
    }

    private HttpResponse<String> call(String token) throws IOException, InterruptedException {
        return server.initialize("Authorization", "Bearer " + token);
    }

    private static String challenge(HttpResponse<String> answer) {
        return answer.headers().firstValue("WWW-Authenticate").orElse("none");
    }

    private static Arguments bad(String what, String token, Refused reason) {
        return Arguments.of(what, token, reason);
    }

    private static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private String wrongAudience(String audience) throws JOSEException {
        return issuer.token(claims -> claims.audience(audience));
    }

    private String typed(@Nullable String type) throws JOSEException {
        return issuer.token(issuer.key(), type == null ? null : new JOSEObjectType(type), claims -> {});
    }

    private String signedBy(String keyId) throws JOSEException {
        return issuer.token(TestIssuer.newKey(keyId), JOSEObjectType.JWT, claims -> {});
    }

    private String signedWithThePublicKeyAsSecret() throws JOSEException {
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build();
        SignedJWT token = new SignedJWT(
                header, new JWTClaimsSet.Builder().issuer(issuer.url()).build());
        token.sign(new MACSigner(issuer.key().toRSAPublicKey().getEncoded()));
        return token.serialize();
    }

    private String withOtherClaims(String good) throws JOSEException {
        String[] parts = good.split("\\.", -1);
        String other = issuer.token(claims -> claims.subject("root"));
        return parts[0] + '.' + other.split("\\.", -1)[1] + '.' + parts[2];
    }
}
