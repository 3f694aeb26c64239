package io.github.keycloakmcp.rule.resource;

import java.util.List;
import java.util.Map;

import io.github.keycloakmcp.rule.Verdict;
import org.junit.jupiter.api.Test;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static org.assertj.core.api.Assertions.assertThat;

/** What a token is for, by where its grant comes from. */
class ResourceBindingTest {

    private static final String A = "https://a.example/mcp";
    private static final String B = "https://b.example/mcp";
    private static final String C = "https://c.example/mcp";

    private static final GrantedResources LEGACY = new GrantedResources.Legacy();
    private static final McpServers SERVERS = declare("", A, B);
    private static final McpServers WITH_DEFAULT = declare(B, A, B);

    @Test
    void bindsACodeToTheServerOfItsAuthorization() {
        assertBinding(decided(SERVERS, carried(A)), List.of(A), List.of(A));
        assertBinding(decided(SERVERS, carried(A), A), List.of(A), List.of(A));
        assertBinding(decided(WITH_DEFAULT, carried(A)), List.of(A), List.of(A));
    }

    @Test
    void stampsTheDeclaredSpellingWhateverTheClientWrites() {
        assertBinding(decided(SERVERS, asserted("HTTPS://A.example:443/mcp/"), A + "/"), List.of(A), List.of(A));
    }

    @Test
    void refusesToRedeemACodeForAnotherServer() {
        assertRefused(decide(SERVERS, carried(A), B), "invalid_target", "resource was not granted");
        assertRefused(decide(SERVERS, carried(A), A, B), "invalid_target", "resource was not granted");
    }

    @Test
    void refusesAnAssertionForAServerThatIsNotDeclared() {
        assertRefused(decide(SERVERS, asserted(C)), "invalid_grant", C);
        assertRefused(decide(SERVERS, asserted(A, C)), "invalid_grant", C);
        assertRefused(decide(SERVERS, asserted(A), C), "invalid_target", C);
    }

    @Test
    void refusesAnAssertionWithoutResourceWhereThereIsNoDefault() {
        assertRefused(decide(SERVERS, asserted()), "invalid_grant", "resource is missing");
        assertRefused(decide(SERVERS, asserted(), A), "invalid_grant", "resource is missing");
    }

    @Test
    void bindsAnAssertionWithoutResourceToTheDefault() {
        assertBinding(decided(WITH_DEFAULT, asserted()), List.of(B), List.of(B));
        assertRefused(decide(WITH_DEFAULT, asserted(), A), "invalid_grant", "not granted for this resource");
    }

    @Test
    void narrowsAGrantOfSeveralServersAndKeepsTheWholeGrant() {
        assertBinding(decided(SERVERS, asserted(B, A), A), List.of(A, B), List.of(A));
        assertBinding(decided(SERVERS, asserted(B, A)), List.of(A, B), List.of(A, B));
    }

    @Test
    void refreshesForTheServerThatTheRefreshTokenCarries() {
        assertBinding(decided(WITH_DEFAULT, carried(A)), List.of(A), List.of(A));
        assertBinding(decided(SERVERS, carried(A, B), B), List.of(A, B), List.of(B));
    }

    /** The five changes that an administrator can make between consent and redemption, or before a refresh. */
    @Test
    void neverMovesAGrantToAnotherServer() {
        String slash = A + "/";
        assertBinding(decided(declare(B, A, B), carried(A)), List.of(A), List.of(A));
        assertBinding(decided(declare("", slash, A), carried(A)), List.of(A), List.of(A));
        assertRefused(decide(declare("", slash, A), carried(A), slash), "invalid_target", "resource was not granted");
        assertRefused(decide(declare("", slash), carried(A)), "invalid_grant", "no longer available");
        assertRefused(decide(declare("", "HTTPS://a.example/mcp"), carried(A)), "invalid_grant", "no longer available");
        assertRefused(decide(declare(B, B), carried(A)), "invalid_grant", "no longer available");
        assertRefused(decide(declare(B, B), carried()), "invalid_grant", "no longer available");
        McpServers alias = Declared.with("", B).aliases(Map.of(A, B)).servers();
        assertRefused(decide(alias, carried(A)), "invalid_grant", "no longer available");
    }

    @Test
    void refusesToRefreshForAnotherServer() {
        assertRefused(decide(SERVERS, carried(A), B), "invalid_target", "resource was not granted");
        assertRefused(decide(SERVERS, carried(A), C), "invalid_target", C);
    }

    @Test
    void dropsAServerFromAGrantWhenItIsNoLongerDeclared() {
        assertBinding(decided(SERVERS, carried(C, A)), List.of(A), List.of(A));
        assertRefused(decide(SERVERS, carried(C, A), C), "invalid_target", C);
    }

    @Test
    void endsAGrantOfWhichNoServerIsDeclaredAnyMore() {
        assertRefused(decide(SERVERS, carried(C)), "invalid_grant", "no longer available");
        assertRefused(decide(WITH_DEFAULT, carried(C), A), "invalid_grant", "no longer available");
        assertRefused(decide(SERVERS, carried()), "invalid_grant", "no longer available");
        assertRefused(decide(SERVERS, carried("nonsense")), "invalid_grant", "no longer available");
        assertRefused(decide(McpServers.NONE, carried(A)), "invalid_grant", "no longer available");
    }

    @Test
    void refusesAGrantInWhichNobodyApprovesAServer() {
        GrantedResources unbindable = new GrantedResources.Unbindable();
        for (McpServers servers : List.of(SERVERS, WITH_DEFAULT, declare(""))) {
            assertRefused(decide(servers, unbindable), "unauthorized_client", "cannot be used for an MCP server");
            assertRefused(decide(servers, unbindable, A), "unauthorized_client", "cannot be used for an MCP server");
        }
    }

    @Test
    void givesNothingWhereNoServerIsDeclared() {
        McpServers nothing = declare("");
        assertRefused(decide(nothing, asserted()), "invalid_grant", "resource is missing");
        assertRefused(decide(nothing, asserted(A)), "invalid_grant", A);
        assertRefused(decide(nothing, carried(A)), "invalid_grant", "no longer available");
        assertRefused(decide(nothing, LEGACY), "invalid_grant", "not for an MCP server");
        assertRefused(decide(nothing, new GrantedResources.Immediate()), "invalid_target", "resource is missing");
        assertRefused(decide(nothing, new GrantedResources.Immediate(), A), "invalid_target", A);
        assertRefused(ResourceBinding.authorize(nothing, List.of()), "invalid_target", "resource is missing");
        assertRefused(ResourceBinding.authorize(nothing, List.of(A)), "invalid_target", A);
    }

    @Test
    void letsAGrantWithoutUserNameAnyDeclaredServer() {
        GrantedResources immediate = new GrantedResources.Immediate();
        assertBinding(decided(SERVERS, immediate, A), List.of(A), List.of(A));
        assertBinding(decided(SERVERS, immediate, B, A), List.of(A, B), List.of(A, B));
        assertBinding(decided(WITH_DEFAULT, immediate), List.of(B), List.of(B));
        assertRefused(decide(SERVERS, immediate), "invalid_target", "resource is missing");
        assertRefused(decide(SERVERS, immediate, C), "invalid_target", C);
    }

    @Test
    void answersAnAuthorizationRequestBeforeTheLogin() {
        assertThat(decidedBy(ResourceBinding.authorize(SERVERS, List.of(A))))
                .extracting(McpServer::uri)
                .containsExactly(A);
        assertThat(decidedBy(ResourceBinding.authorize(WITH_DEFAULT, List.of())))
                .extracting(McpServer::uri)
                .containsExactly(B);
        assertRefused(ResourceBinding.authorize(SERVERS, List.of()), "invalid_target", "resource is missing");
        assertRefused(ResourceBinding.authorize(SERVERS, List.of("")), "invalid_target", "1 to 2000 characters");
    }

    private static void assertBinding(ResourceBinding binding, List<String> granted, List<String> effective) {
        assertThat(binding.carried()).isEqualTo(granted);
        assertThat(binding.audience()).isEqualTo(effective);
        assertThat(binding.resources()).isEqualTo(effective);
    }

    private static ResourceBinding decided(McpServers servers, GrantedResources source, String... requested) {
        return decidedBy(decide(servers, source, requested));
    }

    private static Verdict<ResourceBinding> decide(McpServers servers, GrantedResources source, String... requested) {
        return ResourceBinding.decide(servers, source, List.of(requested));
    }

    private static GrantedResources asserted(String... approved) {
        return new GrantedResources.Asserted(List.of(approved));
    }

    private static GrantedResources carried(String... declared) {
        return new GrantedResources.Carried(List.of(declared));
    }

    private static McpServers declare(String standard, String... uris) {
        return Declared.with(standard, uris).servers();
    }
}
