package io.github.keycloakmcp.platform;

import java.time.Duration;
import java.util.Map;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Numbers of clients, which are kept between two clean-ups. */
class McpMetricsTest {

    private final SimpleMeterRegistry published = new SimpleMeterRegistry();

    @BeforeEach
    void publish() {
        Metrics.globalRegistry.add(published);
    }

    @AfterEach
    void forget() {
        McpMetrics.forgetClientsAfter(Duration.ofDays(-1));
        Metrics.globalRegistry.remove(published);
    }

    @Test
    void aLimitThatIsTakenAwayIsGoneAtOnce() {
        McpMetrics.clients("one", Map.of("dynamic", 90L), 100);
        McpMetrics.clients("two", Map.of("dynamic", 5L), 10);
        assertThat(limit("one")).isEqualTo(100);
        McpMetrics.clients("one", Map.of("dynamic", 91L), 0);
        assertThat(published
                        .find("keycloak.mcp.clients.limit")
                        .tag("realm", "one")
                        .gauge())
                .isNull();
        assertThat(limit("two")).isEqualTo(10);
        assertThat(published
                        .get("keycloak.mcp.clients")
                        .tag("realm", "one")
                        .gauge()
                        .value())
                .isEqualTo(91);
        McpMetrics.clients("one", Map.of("dynamic", 91L), 200);
        assertThat(limit("one")).isEqualTo(200);
    }

    private double limit(String realm) {
        return published
                .get("keycloak.mcp.clients.limit")
                .tag("realm", realm)
                .gauge()
                .value();
    }
}
