package io.github.keycloakmcp.assertion;

import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.keycloakmcp.rule.assertion.WorkloadToken;
import org.jspecify.annotations.Nullable;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.util.JsonSerialization;

/**
 * A workload's token as it is presented.
 *
 * @param token what it says, not verified
 * @param signature the same as Keycloak verifies it
 */
record PresentedWorkload(WorkloadToken token, JWSInput signature) {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    /** Reads a token; empty where it is none that can be read. */
    static Optional<PresentedWorkload> read(String presented) {
        if (presented.length() > WorkloadToken.LONGEST
                || presented.chars().filter(c -> c == '.').count() != 2) {
            return Optional.empty();
        }
        try {
            JWSInput signature = new JWSInput(presented);
            // Keycloak's header knows neither all types nor extensions, so that it is read once more.
            Map<String, Object> header =
                    JsonSerialization.readValue(Base64.getUrlDecoder().decode(signature.getEncodedHeader()), OBJECT);
            Map<String, Object> claims = signature.readJsonContent(OBJECT);
            if (header == null || claims == null || signature.getHeader().getRawAlgorithm() == null) {
                return Optional.empty();
            }
            // A claim that is null says nothing.
            claims.values().removeIf(Objects::isNull);
            return Optional.of(new PresentedWorkload(
                    new WorkloadToken(
                            text(header.get("typ")),
                            text(header.get("alg")),
                            header.containsKey("crit") || header.containsKey("b64"),
                            claims),
                    signature));
        } catch (JWSInputException | IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
