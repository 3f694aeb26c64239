package io.github.keycloakmcp.tests.integration.resource;

import java.util.stream.Stream;

import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.keycloakmcp.tests.integration.resource.RecordedRefusal.assertRecorded;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an administrator changes between consent and redemption, or before a refresh, never moves a grant to another server:
 * the token is for the server that the user approved, or there is none.
 */
@KeycloakTest
class CatalogueChangeIT {

    private static final String A = McpRealm.SERVER_A;
    private static final String B = McpRealm.SERVER_B;
    private static final String SLASH = A + "/";
    private static final String ALIAS = "http://localhost:3003/old";

    private final McpRealm realm;
    private final Catalogue catalogue;
    private final McpClient client;

    CatalogueChangeIT(McpRealm realm) {
        this.realm = realm;
        this.catalogue = new Catalogue(realm);
        this.client = McpClient.of(realm).registered(ClientMetadata.named("Changed"));
    }

    /**
     * A change of the catalogue.
     *
     * @param name what changes
     * @param requested what the client requests; empty for the default server
     * @param before the declaration that the user sees
     * @param after the declaration afterwards
     * @param stays whether the grant goes on, for server A; else it is over
     */
    record Change(String name, String requested, Declaration before, Declaration after, boolean stays) {

        @Override
        public String toString() {
            return name;
        }
    }

    /** The settings of the mapper. */
    record Declaration(String servers, String aliases, String defaultServer) {}

    static Stream<Change> changes() {
        Declaration both = new Declaration(A + "##" + B, "", "");
        return Stream.of(
                new Change(
                        "the default server changes",
                        "",
                        new Declaration(A + "##" + B, "", A),
                        new Declaration(A + "##" + B, "", B),
                        true),
                new Change(
                        "an alias names another server",
                        ALIAS,
                        new Declaration(A + "##" + B, ALIAS + " " + A, ""),
                        new Declaration(A + "##" + B, ALIAS + " " + B, ""),
                        true),
                new Change(
                        "a sibling with a slash is declared",
                        SLASH,
                        both,
                        new Declaration(A + "##" + SLASH + "##" + B, "", ""),
                        true),
                new Change("the server is removed", A, both, new Declaration(B, "", B), false),
                new Change(
                        "the server is renamed, its old URI becomes an alias of another",
                        A,
                        both,
                        new Declaration(B + "##http://localhost:3004/mcp", A + " " + B, ""),
                        false),
                new Change(
                        "the server is declared in another spelling",
                        A,
                        both,
                        new Declaration("http://LOCALHOST:3001/mcp##" + B, "", ""),
                        false));
    }

    @BeforeEach
    void clearEvents() {
        realm.clearEvents();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void betweenConsentAndRedemption(Change change) {
        declare(change.before());
        AuthorizationRequest request = request(change);
        AuthorizationReply reply = Browser.of("alice").authorize(request);
        declare(change.after());
        realm.clearEvents();
        TokenReply token = client.token(client.codeForm(request, reply).without("resource"));
        assertDecided(change, token, "CODE_TO_TOKEN_ERROR");
    }

    @ParameterizedTest
    @MethodSource("changes")
    void whileTheUserLooksAtTheConsentPage(Change change) {
        declare(change.before());
        AuthorizationRequest request = request(change);
        realm.revokeConsents("alice");
        Browser browser = Browser.of("alice");
        Page consent = browser.reach(request);
        assertThat(consent.isConsent()).as(consent.text()).isTrue();
        declare(change.after());
        AuthorizationReply reply = browser.accept(consent).answer();
        if (change.stays()) {
            Form form = client.codeForm(request, reply).without("resource");
            TokenAssertion.assertThat(client.token(form).tokens()).isFor(A);
        } else {
            assertThat(reply.hasCode()).isFalse();
            ErrorAssertion.assertRefused(reply).hasError("access_denied").saying("no longer available");
            assertRecorded(realm, "LOGIN_ERROR", "invalid_grant", "no longer available", "server-removed");
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void beforeARefreshAndNothingIsConsumed(Change change) {
        declare(change.before());
        AuthorizationRequest request = request(change);
        Form form = client.codeForm(request, Browser.of("alice").authorize(request));
        Tokens tokens = client.token(form.without("resource")).tokens();
        declare(change.after());
        realm.clearEvents();
        TokenReply refreshed = client.refresh(tokens.refresh());
        assertDecided(change, refreshed, "REFRESH_TOKEN_ERROR");
        if (!change.stays()) {
            declare(change.before());
            TokenAssertion.assertThat(client.refresh(tokens.refresh()).tokens()).isFor(A);
        }
    }

    private void assertDecided(Change change, TokenReply reply, String event) {
        if (change.stays()) {
            TokenAssertion.assertThat(reply.tokens()).isFor(A);
        } else {
            ErrorAssertion.assertRefused(reply, 400)
                    .hasError("invalid_grant")
                    .saying("no longer available", "authorize again");
            assertRecorded(realm, event, "invalid_grant", "no longer available");
        }
    }

    private AuthorizationRequest request(Change change) {
        return change.requested().isEmpty()
                ? client.authorization()
                : client.authorization().resource(change.requested());
    }

    private void declare(Declaration declaration) {
        catalogue.set("default-mcp-server", "");
        catalogue.set("mcp-server-aliases", "");
        catalogue.declare(declaration.servers());
        catalogue.set("mcp-server-aliases", declaration.aliases());
        catalogue.set("default-mcp-server", declaration.defaultServer());
    }
}
