package io.github.keycloakmcp.cimd;

import java.util.Map;

import io.github.keycloakmcp.rule.Refusal;
import org.keycloak.representations.oidc.OIDCClientRepresentation;

/** What came of loading a metadata document. */
sealed interface Loading {

    /** The result in one word, for a metric. */
    default String result() {
        if (this instanceof Loaded) {
            return "loaded";
        }
        return this instanceof Unchanged ? "unchanged" : "failed";
    }

    /**
     * A document, with its keys in it.
     *
     * @param keysAddress where the keys were, if the document only says that; else empty
     * @param headers of the answer, which say how long it counts
     */
    record Loaded(OIDCClientRepresentation metadata, String keysAddress, Map<String, String> headers)
            implements Loading {}

    /** It has not changed since it was last loaded. */
    record Unchanged(Map<String, String> headers) implements Loading {}

    /** There is no usable document; {@code temporary} where its host may be expected to have one later. */
    record Failed(Refusal refusal, boolean temporary) implements Loading {}
}
