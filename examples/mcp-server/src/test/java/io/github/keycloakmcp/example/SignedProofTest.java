package io.github.keycloakmcp.example;

import java.util.List;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Keys and algorithms of proofs. */
final class SignedProofTest {

    @Test
    @DisplayName("each algorithm of the list is accepted with a key of its kind")
    void algorithms() throws Exception {
        for (ECKey key : List.of(TestProof.newKey(), TestProof.newKey(Curve.P_384), TestProof.newKey(Curve.P_521))) {
            SignedProof proof = SignedProof.read(TestProof.of(key).text());
            assertEquals(key.computeThumbprint().toString(), proof.thumbprint());
        }
        RSAKey rsa = new RSAKeyGenerator(2048).generate();
        for (String name : List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")) {
            SignedProof proof =
                    SignedProof.read(TestProof.of(rsa).header("alg", name).text());
            assertEquals(rsa.computeThumbprint().toString(), proof.thumbprint(), name);
        }
    }
}
