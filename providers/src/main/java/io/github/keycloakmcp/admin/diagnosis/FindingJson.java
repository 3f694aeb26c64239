package io.github.keycloakmcp.admin.diagnosis;

import java.util.Locale;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.rule.diagnosis.Finding;

/** How answers show a finding. */
public final class FindingJson {

    private FindingJson() {}

    /** Writes the members of {@code finding} into {@code json}. */
    public static ObjectNode put(ObjectNode json, Finding finding) {
        return json.put("id", finding.id())
                .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                .put("what", finding.what())
                .put("fix", finding.fix());
    }
}
