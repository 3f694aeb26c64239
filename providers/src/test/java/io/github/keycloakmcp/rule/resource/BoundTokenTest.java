package io.github.keycloakmcp.rule.resource;

import java.util.List;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class BoundTokenTest {

    private static final BoundToken BOUND =
            token("https://a.example/mcp name", "mcp:tools read", "https://a.example/mcp");

    @ParameterizedTest
    @CsvSource({
        "https://a.example/mcp name, mcp:tools read, https://a.example/mcp, true",
        "name https://a.example/mcp, read mcp:tools, https://a.example/mcp, true",
        "https://a.example/mcp name, mcp:tools, https://a.example/mcp, true",
        "https://a.example/mcp name, '', https://a.example/mcp, true",
        "https://a.example/mcp name, mcp:tools write, https://a.example/mcp, false",
        "https://a.example/mcp name https://b.example/mcp, mcp:tools read, https://a.example/mcp, false",
        "https://b.example/mcp, mcp:tools read, https://a.example/mcp, false",
        "https://a.example/mcp, mcp:tools read, https://a.example/mcp, false",
        "'', mcp:tools read, https://a.example/mcp, false",
        "https://a.example/mcp name, mcp:tools read, https://b.example/mcp, false",
        "https://a.example/mcp name, mcp:tools read, https://a.example/mcp https://b.example/mcp, false",
        "https://a.example/mcp name, mcp:tools read, '', false"
    })
    void isSentOnlyForWhatItWasBoundTo(String audience, String scopes, String granted, boolean allowed) {
        assertThat(BOUND.sentAs(token(audience, scopes, granted)).decided().isPresent())
                .isEqualTo(allowed);
    }

    @Test
    void thatWasNeverBoundIsNotSentAtAll() {
        Refusal refusal = BoundToken.NONE.sentAs(BoundToken.NONE).reason().orElseThrow();
        assertThat(refusal.code()).isEqualTo(RefusalCode.BINDING_CHANGED);
        assertThat(refusal.error()).isEqualTo("temporarily_unavailable");
        assertThat(refusal.status()).isEqualTo(503);
    }

    private static BoundToken token(String audience, String scopes, String granted) {
        return new BoundToken(words(audience), scopes, words(granted));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
