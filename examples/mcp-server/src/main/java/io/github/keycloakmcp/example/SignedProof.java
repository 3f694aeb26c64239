package io.github.keycloakmcp.example;

import java.text.ParseException;
import java.util.List;
import java.util.Optional;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

/**
 * A DPoP proof whose signature matches the public key that it brings along (RFC 9449 §4.3, steps 2 to 7). It proves the
 * possession of that key, and no more: {@link Proofs} decides whether the proof belongs to the request.
 *
 * @param thumbprint the SHA-256 thumbprint of the key (RFC 7638), as in the claim {@code cnf.jkt} of a bound token
 */
record SignedProof(String thumbprint, JWTClaimsSet claims) {

    /** The algorithms of proofs. None of them is symmetric: anyone could make such a proof (RFC 9449 §11.6). */
    static final List<JWSAlgorithm> ALGORITHMS = List.of(
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512);

    private static final JOSEObjectType TYPE = new JOSEObjectType("dpop+jwt");
    private static final int SMALLEST_RSA_KEY = 2048;

    static List<String> algorithms() {
        return ALGORITHMS.stream().map(JWSAlgorithm::getName).toList();
    }

    static SignedProof read(String text) throws RefusedProofException {
        try {
            SignedJWT jwt = SignedJWT.parse(text);
            Optional<ProofRefused> fault = faultOf(jwt.getHeader());
            if (fault.isPresent()) {
                throw new RefusedProofException(fault.get());
            }
            JWK key = jwt.getHeader().getJWK();
            if (!isSigned(jwt, key)) {
                throw new RefusedProofException(ProofRefused.WRONG_SIGNATURE);
            }
            return new SignedProof(key.computeThumbprint().toString(), jwt.getJWTClaimsSet());
        } catch (ParseException | RuntimeException malformed) { // unchecked for a header that is null, for example
            throw new RefusedProofException(ProofRefused.MALFORMED);
        } catch (JOSEException keyDoesNotFit) {
            throw new RefusedProofException(ProofRefused.NO_PUBLIC_KEY);
        }
    }

    private static Optional<ProofRefused> faultOf(JWSHeader header) {
        if (!TYPE.equals(header.getType())) {
            return Optional.of(ProofRefused.WRONG_TYPE);
        }
        if (!ALGORITHMS.contains(header.getAlgorithm())) {
            return Optional.of(ProofRefused.WRONG_ALGORITHM);
        }
        JWK key = header.getJWK();
        boolean usable = key instanceof AsymmetricJWK && !key.isPrivate() && isLongEnough(key);
        return usable ? Optional.empty() : Optional.of(ProofRefused.NO_PUBLIC_KEY);
    }

    private static boolean isLongEnough(JWK key) {
        return !key.getKeyType().getValue().equals("RSA") || key.size() >= SMALLEST_RSA_KEY;
    }

    /** The library refuses a key of another kind or curve than the algorithm's, and critical headers unknown to it. */
    private static boolean isSigned(SignedJWT jwt, JWK key) throws JOSEException {
        return jwt.verify(new DefaultJWSVerifierFactory()
                .createJWSVerifier(jwt.getHeader(), ((AsymmetricJWK) key).toPublicKey()));
    }
}
