package io.github.keycloakmcp.cimd;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.admission.MetadataJson;
import io.github.keycloakmcp.fetch.Deadline;
import io.github.keycloakmcp.fetch.FetchAnswer;
import io.github.keycloakmcp.fetch.FetchRequest;
import io.github.keycloakmcp.fetch.GuardedFetch;
import io.github.keycloakmcp.fetch.SharedFetch;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.cimd.DocumentUrl;
import org.keycloak.jose.jwk.JSONWebKeySet;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.oidc.OIDCClientRepresentation;
import org.keycloak.truststore.TruststoreProvider;
import org.keycloak.util.JsonSerialization;

/**
 * Loads a metadata document, and the keys where it only says where they are: Keycloak would fetch these at the token
 * endpoint, from wherever the document says.
 */
final class DocumentLoader {

    private final SharedFetch fetch;
    private final SSLSocketFactory tls;

    DocumentLoader(SharedFetch fetch, KeycloakSession session) {
        this.fetch = fetch;
        TruststoreProvider truststore = session.getProvider(TruststoreProvider.class);
        this.tls = truststore == null
                ? (SSLSocketFactory) SSLSocketFactory.getDefault()
                : truststore.getSSLSocketFactory();
    }

    /**
     * Loads a document and its keys, both within the time for one.
     *
     * @param expected whether the host is known, or has been read before
     * @param conditions header fields that ask whether it has changed; empty to load it in any case
     */
    Loading load(DocumentUrl url, boolean expected, Map<String, String> conditions) {
        Deadline deadline = Deadline.in(GuardedFetch.LIMIT);
        FetchAnswer answer =
                fetch.get(new FetchRequest(url.uri(), url.loopback(), expected, conditions), tls, deadline);
        if (answer instanceof FetchAnswer.Unchanged unchanged) {
            return new Loading.Unchanged(unchanged.headers());
        }
        if (answer instanceof FetchAnswer.Failure failure) {
            return failed(url, failure);
        }
        FetchAnswer.Content content = (FetchAnswer.Content) answer;
        Verdict<OIDCClientRepresentation> document = DocumentReader.read(url, content.text());
        if (document instanceof Verdict.Refused<OIDCClientRepresentation> refused) {
            return new Loading.Failed(refused.refusal(), false);
        }
        OIDCClientRepresentation metadata = ((Verdict.Allowed<OIDCClientRepresentation>) document).value();
        return metadata.getJwksUri() == null
                ? new Loading.Loaded(metadata, content.headers())
                : withKeys(url, expected, metadata, content.headers(), deadline);
    }

    private Loading withKeys(
            DocumentUrl url,
            boolean expected,
            OIDCClientRepresentation metadata,
            Map<String, String> headers,
            Deadline deadline) {
        if (!(DocumentUrl.parse(metadata.getJwksUri()).then(keys -> keys.servesKeysOf(url))
                instanceof Verdict.Allowed<DocumentUrl> keys)) {
            return unreadable(url, "jwks_uri is not on the same host, nor on another one at port 443", false);
        }
        FetchAnswer answer =
                fetch.get(new FetchRequest(keys.value().uri(), url.loopback(), expected, Map.of()), tls, deadline);
        if (answer instanceof FetchAnswer.Failure failure) {
            return failed(url, failure);
        }
        byte[] text = ((FetchAnswer.Content) answer).text().getBytes(StandardCharsets.UTF_8);
        try {
            if (MetadataJson.read(text) instanceof Verdict.Allowed<ObjectNode> json
                    && !DocumentReader.holdsPrivateKeys(json.value())) {
                metadata.setJwks(JsonSerialization.mapper.treeToValue(json.value(), JSONWebKeySet.class));
                metadata.setJwksUri(null);
                return new Loading.Loaded(metadata, headers);
            }
        } catch (JsonProcessingException e) {
            return unreadable(url, "jwks_uri leads to no key set", false);
        }
        return unreadable(url, "jwks_uri leads to no key set, or to private keys", false);
    }

    private static Loading failed(DocumentUrl url, FetchAnswer.Failure failure) {
        return unreadable(url, failure.reason(), failure.temporary());
    }

    private static Loading unreadable(DocumentUrl url, String reason, boolean temporary) {
        return new Loading.Failed(DocumentRefusals.unreadable(url, reason), temporary);
    }
}
