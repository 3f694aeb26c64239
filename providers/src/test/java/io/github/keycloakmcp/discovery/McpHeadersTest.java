package io.github.keycloakmcp.discovery;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.Config;

import static org.assertj.core.api.Assertions.assertThat;

class McpHeadersTest {

    private static final String[] OF_MCP = {
        "MCP-Protocol-Version", "Mcp-Session-Id", "Last-Event-ID", "Mcp-Method", "Mcp-Name"
    };

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void standAloneWhereTheAdministratorNamesNone(@Nullable String given) {
        assertThat(allowed(given)).containsExactly(OF_MCP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-One,X-Two", "X-One , X-Two"})
    void joinThoseOfTheAdministrator(String given) {
        assertThat(allowed(given)).startsWith("X-One", "X-Two").endsWith(OF_MCP).hasSize(7);
    }

    @Test
    void leaveOtherOptionsAlone() {
        Config.Scope options = new McpHeaders(new Options("enabled", "true"));
        assertThat(options.get("enabled")).isEqualTo("true");
        assertThat(options.getBoolean("enabled", false)).isTrue();
        assertThat(options.get("absent")).isNull();
    }

    private static String[] allowed(@Nullable String given) {
        return new McpHeaders(new Options("allowedHeaders", given)).getArray("allowedHeaders");
    }

    /** One option of the server. */
    private static final class Options extends Config.AbstractScope {

        private final String name;
        private final @Nullable String value;

        Options(String name, @Nullable String value) {
            this.name = name;
            this.value = value;
        }

        @Override
        public @Nullable String get(String key) {
            return key.equals(name) ? value : null;
        }

        @Override
        public Config.Scope scope(String... scope) {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation") // abstract, so it has to be here
        public Set<String> getPropertyNames() {
            return Set.of(name);
        }

        @Override
        public Config.Scope root() {
            return this;
        }
    }
}
