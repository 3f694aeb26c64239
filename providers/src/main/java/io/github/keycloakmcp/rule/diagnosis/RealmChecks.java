package io.github.keycloakmcp.rule.diagnosis;

import java.util.ArrayList;
import java.util.List;

/** What in the realm keeps MCP clients out, or lets in more than it should. */
public final class RealmChecks {

    private RealmChecks() {}

    public static List<Finding> of(RealmFacts facts) {
        List<Finding> findings = new ArrayList<>(ClientsChecks.of(facts.clients()));
        if (!facts.missing().isEmpty()) {
            findings.add(Finding.warning(
                    "set-up-incomplete", "missing or changed: " + String.join(", ", facts.missing()), Advice.ENABLE));
        }
        findings.addAll(AudienceChecks.of(facts.audience()));
        findings.addAll(SessionChecks.of(facts.sessions()));
        return List.copyOf(findings);
    }
}
