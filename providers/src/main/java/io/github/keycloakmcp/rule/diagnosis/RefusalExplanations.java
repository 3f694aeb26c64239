package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;
import java.util.stream.Stream;

/** What a refusal in the realm's events means, and what to do: the symptom as the client's user reports it. */
public final class RefusalExplanations {

    /** Of several that are meant the first one counts. */
    private static final List<RefusalExplanation> ALL = Stream.of(
                    RegistrationExplanations.ALL, DocumentExplanations.ALL, TokenExplanations.ALL)
            .flatMap(List::stream)
            .toList();

    private static final Finding OTHER = Finding.info(
            "other", "refused for a reason that is not MCP's own", "Keycloak's server log has the details");

    private RefusalExplanations() {}

    /**
     * Explains an error event.
     *
     * @param type the event type
     * @param error the error code
     * @param reason what the event says beyond that
     */
    public static Finding of(String type, String error, String reason) {
        Refused refused = new Refused(type, error, reason);
        return ALL.stream()
                .filter(one -> one.meant().test(refused))
                .map(RefusalExplanation::finding)
                .findFirst()
                .orElse(OTHER);
    }
}
