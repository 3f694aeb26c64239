package io.github.keycloakmcp.rule.diagnosis;

import java.util.function.Predicate;

/**
 * What one kind of refusal means.
 *
 * @param meant which refusals are of this kind
 * @param finding what they mean, and what to do
 */
record RefusalExplanation(Predicate<Refused> meant, Finding finding) {

    static RefusalExplanation error(Predicate<Refused> meant, String id, String what, String fix) {
        return new RefusalExplanation(meant, Finding.error(id, what, fix));
    }

    static RefusalExplanation warning(Predicate<Refused> meant, String id, String what, String fix) {
        return new RefusalExplanation(meant, Finding.warning(id, what, fix));
    }

    static RefusalExplanation info(Predicate<Refused> meant, String id, String what, String fix) {
        return new RefusalExplanation(meant, Finding.info(id, what, fix));
    }
}
