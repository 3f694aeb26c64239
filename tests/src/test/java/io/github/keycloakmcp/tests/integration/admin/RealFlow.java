package io.github.keycloakmcp.tests.integration.admin;

import io.github.keycloakmcp.tests.client.AuthorizationReply;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Page;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.client.TokenReply;
import io.github.keycloakmcp.tests.server.McpRealm;

/**
 * A client that registers, sends alice through login and consent, and redeems the code; and where that ended.
 *
 * @param end {@value #TOKEN}, or where it ended and why
 */
public record RealFlow(String end) {

    private static final String TOKEN = "token";

    /** From the registration on. */
    static RealFlow of(McpRealm realm, ClientMetadata metadata, String resource) {
        Registration registration = McpClient.of(realm).register(metadata);
        return registration.status() == 201
                ? of(realm, McpClient.of(realm).identifiedBy(registration), resource)
                : new RealFlow("registration: " + registration.status() + " "
                        + registration.reply().bodyWithoutTokens());
    }

    /** From the login on. */
    static RealFlow of(McpRealm realm, McpClient client, String resource) {
        AuthorizationRequest request = client.authorization().resource(resource);
        Browser alice = Browser.of("alice");
        Page reached = alice.reach(request);
        Page page = reached.isConsent() ? alice.accept(reached) : reached;
        if (page.left().isEmpty()) {
            return new RealFlow("page of " + realm.name() + ": " + page.status() + " " + page.text());
        }
        AuthorizationReply reply = page.answer();
        if (!reply.hasCode()) {
            return new RealFlow("login: " + reply.parameters());
        }
        TokenReply answer = client.redeem(request, reply);
        if (!answer.issued()) {
            return new RealFlow("token: " + answer.reply().bodyWithoutTokens());
        }
        return new RealFlow(answer.tokens().audience().isEmpty() ? "token without audience" : TOKEN);
    }

    boolean getsIn() {
        return end.equals(TOKEN);
    }
}
