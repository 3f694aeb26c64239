package io.github.keycloakmcp.rule.resource;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which servers a grant itself names, and which URIs can be those of servers. */
class GrantedResourcesTest {

    private static final String A = "https://a.example/mcp";

    @Test
    void aGrantNamesTheServersThatWereApprovedOrStandInTheRefreshToken() {
        assertThat(GrantedResources.asserted(List.of(A)).named()).containsExactly(A);
        assertThat(new GrantedResources.Carried(List.of(A)).named()).containsExactly(A);
        assertThat(new GrantedResources.Legacy().named()).isEmpty();
        assertThat(new GrantedResources.Unbindable().named()).isEmpty();
    }

    @Test
    void anAssertionThatNamesNoServerLeavesTheChoiceToTheRequest() {
        assertThat(GrantedResources.asserted(List.of())).isInstanceOf(GrantedResources.Immediate.class);
    }

    @Test
    void onlyReadableUrisAreAdvertised() {
        assertThat(McpServers.readable(
                        List.of(A, "nonsense", "http://intern.example/mcp", "http://other.example/mcp"),
                        List.of("intern.example")))
                .containsExactly(A, "http://intern.example/mcp");
    }
}
