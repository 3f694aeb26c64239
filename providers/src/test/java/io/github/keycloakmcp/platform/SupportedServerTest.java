package io.github.keycloakmcp.platform;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** On which servers the extension starts. */
class SupportedServerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "26.6.3",
                "26.6.4",
                "26.6.10",
                "26.7.0",
                "26.10.0",
                "27.0.0",
                "26.7.3.redhat-00001",
                "999.0.0-SNAPSHOT"
            })
    void startsOnAServerThatHasEveryHook(String version) {
        assertThat(SupportedServer.problem(version)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.6.2", "26.6.0", "26.5.9", "26.4.11", "25.9.9", "9.0.3", "26.6.2.redhat-00001"})
    void startsOnNoOlderServerAndSaysWhichIsNeeded(String version) {
        assertThat(SupportedServer.problem(version)).contains("Keycloak 26.6.3 or newer is needed, this is " + version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "", "nightly", "26.7"})
    void takesAVersionThatIsNoNumberForANewServer(String version) {
        assertThat(SupportedServer.problem(version)).isEmpty();
    }
}
