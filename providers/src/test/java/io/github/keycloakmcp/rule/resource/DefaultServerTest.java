package io.github.keycloakmcp.rule.resource;

import java.util.ArrayList;
import java.util.List;

import io.github.keycloakmcp.rule.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which server is meant by a client that names none. */
class DefaultServerTest {

    private static final String A = "https://a.example/mcp";
    private static final String B = "https://b.example/mcp";
    private static final String C = "https://c.example/mcp";

    private final List<Refusal> invalid = new ArrayList<>();

    @Test
    void hasTheDeclaredDefaultInItsDeclaredSpelling() {
        assertThat(declare("https://A.example:443/mcp/", A, B)
                        .defaultServer()
                        .orElseThrow()
                        .uri())
                .isEqualTo(A);
        assertThat(invalid).isEmpty();
        assertThat(declare("", A).defaultServer()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {C, "nonsense"})
    void reportsADefaultThatIsNotDeclaredAndHasNone(String standard) {
        assertThat(declare(standard, A).defaultServer()).isEmpty();
        assertThat(invalid).hasSize(1);
        assertThat(invalid.get(0).description()).contains("default MCP server must be one of the declared");
    }

    @Test
    void keepsTheDefaultThatBothOrOnlyOneCatalogueHas() {
        assertThat(declare(A, A)
                        .and(declare("", B))
                        .defaultServer()
                        .orElseThrow()
                        .uri())
                .isEqualTo(A);
        assertThat(declare("", A)
                        .and(declare(B, B))
                        .defaultServer()
                        .orElseThrow()
                        .uri())
                .isEqualTo(B);
        assertThat(declare(A, A, B)
                        .and(declare(A, A, C))
                        .defaultServer()
                        .orElseThrow()
                        .uri())
                .isEqualTo(A);
    }

    @Test
    void hasNoDefaultWhereCataloguesDisagree() {
        assertThat(declare(A, A).and(declare(B, B)).defaultServer()).isEmpty();
        assertThat(declare(A, A).and(declare(B, B)).and(declare(C, C)).defaultServer())
                .isEmpty();
        assertThat(declare(A, A).and(declare(B, B).and(declare(C, C))).defaultServer())
                .isEmpty();
        assertThat(declare(A, A).and(declare(B, B)).and(declare(A, A)).defaultServer())
                .isEmpty();
        assertThat(declare(A, A)
                        .and(declare("", B))
                        .and(declare("https://A.example/mcp", A))
                        .defaultServer()
                        .orElseThrow()
                        .uri())
                .isEqualTo(A);
    }

    private McpServers declare(String standard, String... uris) {
        return Declared.with(standard, uris).into(invalid);
    }
}
