package io.github.keycloakmcp.tests.integration.registration;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.OAuthReply;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmEvent;

import static org.assertj.core.api.Assertions.assertThat;

/** What has to hold of every refusal: OAuth JSON, an event with the reason, and the same clients as before. */
final class RefusalCheck {

    private final McpRealm realm;
    private final String eventType;

    private RefusalCheck(McpRealm realm, String eventType) {
        this.realm = realm;
        this.eventType = eventType;
    }

    /** Checks refused registrations. */
    static RefusalCheck ofRegistrations(McpRealm realm) {
        return new RefusalCheck(realm, "CLIENT_REGISTER_ERROR");
    }

    /** Checks refused updates. */
    static RefusalCheck ofUpdates(McpRealm realm) {
        return new RefusalCheck(realm, "CLIENT_UPDATE_ERROR");
    }

    /** Sends the request, which one of our rules has to refuse. */
    ErrorAssertion refused(Supplier<? extends OAuthReply> request, int status, String error) {
        realm.clearEvents();
        OAuthReply answer = unstored(request);
        ErrorAssertion assertion =
                ErrorAssertion.assertRefused(answer, status).hasError(error).saying("");
        String description = answer.errorDescription().orElseThrow();
        assertThat(description).as("error_description").isNotBlank();
        List<RealmEvent> events = realm.events(eventType);
        assertThat(events).as(eventType).hasSize(1);
        assertThat(events.get(0).error()).as("error of the event").contains(error);
        assertThat(events.get(0).details().get("reason"))
                .as("reason in the event: what the client is told, and which rule decided")
                .startsWith(description + " (")
                .endsWith(")");
        return assertion;
    }

    /** Sends the request, which Keycloak's own code refuses: it keeps no event of this. */
    ErrorAssertion refusedByKeycloak(Supplier<? extends OAuthReply> request, int status, String error) {
        return ErrorAssertion.assertRefused(unstored(request), status)
                .hasError(error)
                .saying("");
    }

    private OAuthReply unstored(Supplier<? extends OAuthReply> request) {
        Set<String> before = Set.copyOf(realm.clients().ids());
        OAuthReply answer = request.get();
        assertThat(realm.clients().ids()).as("clients after the refusal").containsExactlyInAnyOrderElementsOf(before);
        return answer;
    }
}
