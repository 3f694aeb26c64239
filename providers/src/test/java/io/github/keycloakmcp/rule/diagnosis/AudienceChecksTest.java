package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What is wrong with the servers that tokens are for, and with who gets them. */
class AudienceChecksTest {

    private static final List<String> SERVERS = List.of("https://a.example/mcp");
    private static final List<String> NONE = List.of();

    static Stream<Arguments> realms() {
        return Stream.of(
                arguments(facts(SERVERS, "https://a.example/mcp", true, true, NONE), ""),
                arguments(facts(NONE, "", true, true, NONE), "ERROR no-servers"),
                arguments(facts(SERVERS, "", true, true, NONE), "INFO no-default-server"),
                arguments(facts(List.of("http://localhost:3001/mcp"), "x", true, true, NONE), ""),
                arguments(facts(List.of("http://127.0.0.1/mcp"), "x", true, true, NONE), ""),
                arguments(
                        facts(List.of("http://mcp-server:8000/mcp"), "x", true, true, NONE),
                        "WARNING server-plain-http"),
                arguments(facts(SERVERS, "x", false, true, NONE), "ERROR not-enforced"),
                arguments(facts(SERVERS, "x", true, false, NONE), "INFO no-roles"),
                arguments(facts(SERVERS, "x", true, false, List.of("mcp:tools")), "WARNING role-on-mcp-scope"),
                arguments(
                        new AudienceFacts(SERVERS, false, "x", true, List.of("mcp:a"), NONE, true, NONE),
                        "WARNING scope-hidden"),
                arguments(
                        new AudienceFacts(SERVERS, false, "x", true, NONE, List.of("s/m"), true, NONE),
                        "WARNING hard-coded-audience"));
    }

    @ParameterizedTest
    @MethodSource("realms")
    void eachCauseIsOneFinding(AudienceFacts facts, String finding) {
        assertThat(AudienceChecks.of(facts))
                .extracting(found -> found.severity() + " " + found.id())
                .isEqualTo(finding.isEmpty() ? List.of() : List.of(finding));
    }

    private static AudienceFacts facts(
            List<String> servers, String defaultServer, boolean guarded, boolean roles, List<String> restricted) {
        return new AudienceFacts(servers, false, defaultServer, guarded, NONE, NONE, roles, restricted);
    }
}
