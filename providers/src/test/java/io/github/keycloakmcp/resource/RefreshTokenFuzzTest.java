package io.github.keycloakmcp.resource;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.keycloakmcp.rule.Fuzz;
import org.junit.jupiter.api.Test;
import org.keycloak.util.JsonSerialization;

import static org.assertj.core.api.Assertions.assertThat;

/** A refresh token that is read before Keycloak has verified it. */
class RefreshTokenFuzzTest {

    private static final String CLAIMS =
            "{\"jti\":\"1\",\"exp\":1800000000,\"aud\":\"https://login.example\",\"typ\":\"Refresh\"";

    @Test
    void aRefreshTokenHasClaimsOrNone() {
        Fuzz.run(
                "refresh-token",
                List.of(
                        CLAIMS + ",\"scope\":\"mcp:tools\",\"mcp_resource\":[\"https://mcp.example.com/mcp\"]}",
                        CLAIMS + ",\"mcp_resource\":[1,null,{}],\"aud\":[\"a\"],\"act\":{\"sub\":\"x\",\"act\":{}}}",
                        "null",
                        "[{}]",
                        "{\"exp\":\"x\",\"cnf\":{\"jkt\":1},\"realm_access\":null}",
                        ".e30",
                        "a.bnVsbA.c"),
                input -> {
                    Optional<RefreshedGrant> read = PresentedToken.claims(token(input), RefreshedGrant::read);
                    return read.map(grant -> (grant.resources() == null ? "" : " bound")
                                    + (grant.id().isEmpty() ? "" : " id")
                                    + (grant.scope() == null ? "" : " scope")
                                    + (grant.reuseId().isEmpty() ? "" : " reuse"))
                            .orElse("none");
                });
    }

    /** The JSON that stands in a token without any claim says nothing, and is no failure of the server. */
    @Test
    void noClaimsAreNoToken() {
        for (String token : List.of("a.bnVsbA.c", "a.bnVsbA", "a..c", "a", "", ".", "a.!.c", "a.W10.c")) {
            assertThat(PresentedToken.claims(token, RefreshedGrant::read))
                    .as(token)
                    .isEmpty();
            assertThat(PresentedToken.claims(token, claims -> JsonSerialization.readValue(claims, Map.class)))
                    .as(token)
                    .isEmpty();
        }
        assertThat(PresentedToken.claims("a.e30=.c", RefreshedGrant::read))
                .contains(new RefreshedGrant("", null, null, ""));
    }

    private static String token(String input) {
        return input.contains(".") && !input.contains("{")
                ? input
                : "e30."
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(input.getBytes(StandardCharsets.UTF_8))
                        + ".";
    }
}
