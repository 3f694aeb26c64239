package io.github.keycloakmcp.rule.resource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Blanks that mean nothing are forgiven, and nothing else of a request is changed. */
class ScopeParameterTest {

    @ParameterizedTest
    @CsvSource({
        "a=1&scope=%20offline_access&b=%2F, a=1&scope=offline_access&b=%2F",
        "scope=+openid++mcp%3Atools+, scope=openid+mcp%3Atools",
        "scope=%20&a=1, a=1",
        "scope=++&a=1, a=1",
        "a=1&scope=x&scope=%20y, a=1&scope=x&scope=y"
    })
    void takesOutSurplusBlanks(String query, String tidied) {
        assertThat(ScopeParameter.tidied(query)).contains(tidied);
        assertThat(ScopeParameter.tidied(tidied)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a=1",
                "scope=openid",
                "scope=openid+mcp:tools",
                "scope=openid%20mcp%3Atools",
                "scope=%zz",
                "scope=",
                "scope",
                "x&scope=a%09b",
                "other_scope=%20a",
                "&&a=%20"
            })
    void leavesEveryOtherRequestAlone(String query) {
        assertThat(ScopeParameter.tidied(query)).isEmpty();
    }

    @Test
    void leavesControlCharactersToKeycloak() {
        assertThat(ScopeParameter.tidied("scope=%0a%20a")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a=1&resource=https%3A%2F%2Fa.example%2Fmcp%3Fx%3D1, a=1&resource=https%3A%2F%2Fa.example%2Fmcp",
        "resource=https://a.example/mcp?x=1&resource=b, resource=https%3A%2F%2Fa.example%2Fmcp&resource=b",
        "a=1&resource=, a=1"
    })
    void sendsTheResourceThatIsMeant(String query, String tidied) {
        assertThat(ScopeParameter.tidied(query, sent -> sent.replaceFirst("[?].*", "")))
                .contains(tidied);
        assertThat(ScopeParameter.tidied(tidied, sent -> sent.replaceFirst("[?].*", "")))
                .isEmpty();
    }

    @Test
    void leavesAResourceThatCannotBeDecoded() {
        assertThat(ScopeParameter.tidied("resource=%zz", sent -> "x")).isEmpty();
    }
}
