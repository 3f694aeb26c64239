package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;

/**
 * What diagnosis knows about a realm.
 *
 * @param missing the parts of set-up that are not there or differ, as {@code kind name}
 * @param clients how clients come in and go
 * @param audience what tokens are for
 * @param sessions how long tokens live, and what users and administrators see
 */
public record RealmFacts(List<String> missing, ClientsFacts clients, AudienceFacts audience, SessionFacts sessions) {

    public RealmFacts {
        missing = List.copyOf(missing);
    }
}
