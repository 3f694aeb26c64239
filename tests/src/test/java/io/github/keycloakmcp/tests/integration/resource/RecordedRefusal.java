package io.github.keycloakmcp.tests.integration.resource;

import java.util.List;

import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.RealmEvent;

import static org.assertj.core.api.Assertions.assertThat;

/** The administrator's side of a refusal: the error event with its reason, without which nobody can help a client. */
final class RecordedRefusal {

    /** A login that Keycloak refuses while it still notes the last one; the browser tries it again. */
    private static final String LOGIN_NOTED = "user_temporarily_disabled";

    private RecordedRefusal() {}

    /** Exactly one event of the type is saved; it has this error and says these words somewhere in its details. */
    static void assertRecorded(McpRealm realm, String type, String error, String... words) {
        List<RealmEvent> events = realm.events(type).stream()
                .filter(event -> !event.error().orElse("").equals(LOGIN_NOTED))
                .toList();
        assertThat(events).as("%s among %s", type, realm.events()).hasSize(1);
        RealmEvent event = events.get(0);
        assertThat(event.error()).as(event.toString()).contains(error);
        String details = String.join("\n", event.details().values());
        for (String word : words) {
            assertThat(details).as(event.toString()).contains(word);
        }
    }

    /** Nobody was logged in, and no token was issued. */
    static void assertNothingIssued(McpRealm realm) {
        assertThat(realm.events())
                .extracting(RealmEvent::type)
                .doesNotContain(
                        "LOGIN",
                        "CODE_TO_TOKEN",
                        "REFRESH_TOKEN",
                        "CLIENT_LOGIN",
                        "TOKEN_EXCHANGE",
                        "JWT_AUTHORIZATION_GRANT");
    }
}
