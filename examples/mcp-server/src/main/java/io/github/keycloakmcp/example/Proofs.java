package io.github.keycloakmcp.example;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.nimbusds.jwt.JWTClaimsSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the DPoP proof of a request shows that its sender holds the key of the access token (RFC 9449 §4.3), and
 * that it was made for this request and its body (DPoP profile for MCP, "MCP Server Validation"). Without the digest of
 * the body, a proof that was read on its way would open every tool: all calls have the same URL and method.
 */
final class Proofs {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final String NO_BODY = digest(new byte[0]);
    private static final int LONGEST_ID = 256;
    private static final int MOST_REMEMBERED = 100_000;

    private final URI endpoint;
    private final Clock clock;
    private final SeenProofs seen;

    Proofs(Settings settings, Clock clock) {
        this.endpoint = comparable(settings.resource());
        this.clock = clock;
        this.seen = new SeenProofs(clock, MOST_REMEMBERED);
    }

    /**
     * What a proof has to belong to.
     *
     * @param digest of the body, by {@link #digest}
     */
    record Call(String method, String digest, String token, String thumbprint) {}

    /** Returns why the call is refused, or nothing, and then its proof opens no other call. */
    Optional<ProofRefused> judge(List<String> headers, Call call) {
        if (headers.size() != 1) {
            return Optional.of(ProofRefused.NOT_ONE);
        }
        try {
            SignedProof proof = SignedProof.read(headers.get(0));
            require(proof.thumbprint().equals(call.thumbprint()), ProofRefused.OTHER_KEY);
            JWTClaimsSet claims = proof.claims();
            require(call.method().equals(claims.getClaim("htm")), ProofRefused.WRONG_METHOD);
            require(claims.getClaim("htu") instanceof String htu && isEndpoint(htu), ProofRefused.WRONG_URI);
            require(hash(call.token()).equals(claims.getClaim("ath")), ProofRefused.OTHER_TOKEN);
            judgeDigest(claims.getClaim("content_digest"), call);
            Instant issued = timeOf(claims);
            String jti = idOf(claims.getClaim("jti"));
            require(seen.isNew(proof.thumbprint(), jti, issued.plus(WINDOW)), ProofRefused.SEEN);
            return Optional.empty();
        } catch (RefusedProofException refused) {
            return Optional.of(refused.reason());
        }
    }

    /** The profile speaks of POST, and the stream (GET) and the end of a session (DELETE) have no body to protect. */
    private static void judgeDigest(@Nullable Object digest, Call call) throws RefusedProofException {
        boolean optional = call.digest().equals(NO_BODY) && !call.method().equals("POST");
        require(digest != null || optional, ProofRefused.NO_DIGEST);
        require(digest == null || digest.equals(call.digest()), ProofRefused.OTHER_BODY);
    }

    private Instant timeOf(JWTClaimsSet claims) throws RefusedProofException {
        Instant now = clock.instant();
        Instant issued = claims.getIssueTime() == null
                ? Instant.MIN
                : claims.getIssueTime().toInstant();
        boolean inWindow = !issued.isBefore(now.minus(WINDOW)) && !issued.isAfter(now.plus(WINDOW));
        require(inWindow, ProofRefused.WRONG_TIME);
        return issued;
    }

    private static String idOf(@Nullable Object jti) throws RefusedProofException {
        if (jti instanceof String id && !id.isEmpty() && id.length() <= LONGEST_ID) {
            return id;
        }
        throw new RefusedProofException(ProofRefused.NO_ID);
    }

    private boolean isEndpoint(String htu) {
        try {
            URI uri = URI.create(htu);
            boolean http = uri.getScheme() != null && uri.getHost() != null && uri.getRawUserInfo() == null;
            return http && endpoint.equals(comparable(uri));
        } catch (IllegalArgumentException notAUri) {
            return false;
        }
    }

    /** Query and fragment do not count (RFC 9449 §4.3), nor do the spellings of RFC 3986 §6.2.2 and §6.2.3. */
    private static URI comparable(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int standard = scheme.equals("https") ? 443 : 80;
        String port = uri.getPort() == -1 || uri.getPort() == standard ? "" : ":" + uri.getPort();
        String path = uri.normalize().getRawPath();
        return URI.create(
                scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port + (path.isEmpty() ? "/" : path));
    }

    /** The digest of a body as the claim {@code content_digest} writes it (RFC 9530 §2). */
    static String digest(byte[] body) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(sha256(body)) + ':';
    }

    /** The hash of an access token as the claim {@code ath} writes it (RFC 9449 §4.2). */
    static String hash(String token) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(sha256(token.getBytes(StandardCharsets.US_ASCII)));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static void require(boolean holds, ProofRefused otherwise) throws RefusedProofException {
        if (!holds) {
            throw new RefusedProofException(otherwise);
        }
    }
}
