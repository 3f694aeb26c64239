package io.github.keycloakmcp.admin;

import java.util.List;
import java.util.Map;

import io.github.keycloakmcp.platform.ClientAttributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the database cannot decide about a client that an administrator looks for. */
class ClientFilterTest {

    @ParameterizedTest
    @CsvSource({"Code, %code%", "100%, %100!%%", "a_b, %a!_b%", "!, %!!%", "\\, %\\%"})
    void whatIsLookedForStandsForItself(String text, String pattern) {
        assertThat(ClientFilter.pattern(text)).isEqualTo(pattern);
    }

    @ParameterizedTest
    @CsvSource({"claude.ai, true", "ai, false", "CLAUDE.AI, false", "loopback, true", "127.0.0.1, false", "'', true"})
    void aVendorIsAWholeHost(String vendor, boolean accepted) {
        McpClientView client =
                client(Map.of(), "https://claude.ai/callback", "http://127.0.0.1:1234/callback", "not a URI");
        assertThat(ClientFilter.ofVendor(vendor).accepts(client)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({"1000, '', 2000, true", "1000, 3000, 2000, false", "3000, '', 2000, false", "'', '', 2000, false"})
    void aClientIsUnusedIfItNeitherRegisteredNorWasUsedSince(
            String registered, String used, long since, boolean unused) {
        Map<String, String> attributes = registered.isEmpty()
                ? Map.of()
                : Map.of(ClientAttributes.REGISTERED, registered, ClientAttributes.LAST_USED, used);
        ClientFilter filter = new ClientFilter("", null, "", null, null, since);
        assertThat(filter.accepts(client(attributes))).isEqualTo(unused);
    }

    @Test
    void noDatabaseStoresANul() {
        assertThat(ClientFilter.ofVendor("a\0").isPossible()).isFalse();
        assertThat(ClientFilter.ofVendor("a").isPossible()).isTrue();
    }

    private static McpClientView client(Map<String, String> attributes, String... redirects) {
        return new McpClientView("id", "client", null, true, attributes, List.of(redirects));
    }
}
