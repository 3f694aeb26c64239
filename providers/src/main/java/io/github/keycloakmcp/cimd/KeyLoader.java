package io.github.keycloakmcp.cimd;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.admission.MetadataJson;
import io.github.keycloakmcp.fetch.Deadline;
import io.github.keycloakmcp.fetch.FetchAnswer;
import io.github.keycloakmcp.fetch.FetchRequest;
import io.github.keycloakmcp.fetch.SharedFetch;
import io.github.keycloakmcp.platform.ActiveExecutors;
import io.github.keycloakmcp.platform.TrustedTls;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.cimd.DocumentUrl;
import io.github.keycloakmcp.rule.fetch.AddressBlocks;
import io.github.keycloakmcp.settings.DocumentSettings;
import org.keycloak.jose.jwk.JSONWebKeySet;
import org.keycloak.models.KeycloakSession;
import org.keycloak.util.JsonSerialization;

/** Loads the keys that a metadata document names by its {@code jwks_uri}. */
final class KeyLoader {

    /** Most keys of one client. Each is parsed when the set is read, and vendors publish two or three. */
    static final int MAX_KEYS = 30;

    private final SharedFetch fetch;
    private final KeycloakSession session;

    /** What came of it. */
    sealed interface Keys {

        /** Public keys, as many as are kept. */
        record Found(JSONWebKeySet set) implements Keys {}

        /** None, and why; {@code temporary} where the host may be expected to have some later. */
        record Missing(String reason, boolean temporary) implements Keys {}
    }

    KeyLoader(SharedFetch fetch, KeycloakSession session) {
        this.fetch = fetch;
        this.session = session;
    }

    /**
     * Loads them.
     *
     * @param document whose keys they are
     * @param written the {@code jwks_uri}
     * @param expected whether the document's host is known, or has been read before
     */
    Keys load(DocumentUrl document, String written, boolean expected, Deadline deadline) {
        if (!(DocumentUrl.parse(written).then(keys -> keys.servesKeysOf(document))
                instanceof Verdict.Allowed<DocumentUrl> keys)) {
            return new Keys.Missing("jwks_uri is not on the same host, nor on another one at port 443", false);
        }
        FetchAnswer answer = fetch.get(
                new FetchRequest(keys.value().uri(), document.loopback(), expected, inside(keys.value()), Map.of()),
                TrustedTls.of(session),
                deadline);
        return answer instanceof FetchAnswer.Failure failure
                ? new Keys.Missing(failure.reason(), failure.temporary())
                : read(((FetchAnswer.Content) answer).text());
    }

    /** The addresses of a private network at which an administrator has listed the host. */
    private AddressBlocks inside(DocumentUrl keys) {
        return DocumentSettings.in(ActiveExecutors.in(session))
                .map(settings -> settings.sources().privateHosts().of(keys.host()))
                .orElse(AddressBlocks.NONE);
    }

    /** Reads a key set as it is published, or as it is stored. */
    static Keys read(String text) {
        if (!(MetadataJson.read(text.getBytes(StandardCharsets.UTF_8)) instanceof Verdict.Allowed<ObjectNode> json)
                || !json.value().path("keys").isArray()) {
            return new Keys.Missing("jwks_uri leads to no key set", false);
        }
        if (DocumentReader.holdsPrivateKeys(json.value())) {
            return new Keys.Missing("jwks_uri leads to private keys", false);
        }
        if (json.value().path("keys").size() > MAX_KEYS) {
            return new Keys.Missing("jwks_uri leads to more than " + MAX_KEYS + " keys", false);
        }
        try {
            return new Keys.Found(JsonSerialization.mapper.treeToValue(json.value(), JSONWebKeySet.class));
        } catch (JsonProcessingException e) {
            return new Keys.Missing("jwks_uri leads to no key set", false);
        }
    }
}
