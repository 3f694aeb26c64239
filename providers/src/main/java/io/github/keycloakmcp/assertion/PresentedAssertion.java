package io.github.keycloakmcp.assertion;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.keycloakmcp.rule.assertion.Assertion;
import jakarta.ws.rs.core.MultivaluedMap;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.jose.jws.JWSHeader;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;

/** Reads the assertion of a token request, before it is verified. */
final class PresentedAssertion {

    private PresentedAssertion() {}

    /** The assertion; empty where there is none, or none that can be read, which Keycloak refuses. */
    static Optional<Assertion> in(MultivaluedMap<String, String> form) {
        String presented = form.getFirst(OAuth2Constants.ASSERTION);
        if (presented == null) {
            return Optional.empty();
        }
        try {
            JWSInput input = new JWSInput(presented);
            JWSHeader header = input.getHeader();
            Map<String, Object> claims = input.readJsonContent(new TypeReference<>() {});
            if (header == null || claims == null) {
                return Optional.empty();
            }
            // A claim that is null says nothing.
            claims.values().removeIf(Objects::isNull);
            return Optional.of(new Assertion(text(header.getType()), text(header.getAlgorithm()), claims));
        } catch (JWSInputException e) {
            return Optional.empty();
        }
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
