package io.github.keycloakmcp.cimd;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.github.keycloakmcp.fetch.Deadline;
import io.github.keycloakmcp.fetch.FetchAnswer;
import io.github.keycloakmcp.fetch.FetchRequest;
import io.github.keycloakmcp.fetch.GuardedFetch;
import io.github.keycloakmcp.fetch.SharedFetch;
import io.github.keycloakmcp.platform.McpMetrics;
import io.github.keycloakmcp.platform.TrustedTls;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.cimd.BundledDocuments;
import io.github.keycloakmcp.rule.cimd.DocumentUrl;
import io.github.keycloakmcp.settings.DocumentSettings;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.oidc.OIDCClientRepresentation;

/**
 * Loads a metadata document, and the keys where it only says where they are: Keycloak would fetch these at the token
 * endpoint, from wherever the document says.
 */
final class DocumentLoader {

    private final SharedFetch fetch;
    private final DocumentSettings settings;
    private final KeycloakSession session;

    DocumentLoader(SharedFetch fetch, DocumentSettings settings, KeycloakSession session) {
        this.fetch = fetch;
        this.settings = settings;
        this.session = session;
    }

    /**
     * Loads a document and its keys, both within the time for one.
     *
     * @param expected whether the host is known, or has been read before
     * @param conditions header fields that ask whether it has changed; empty to load it in any case
     */
    Loading load(DocumentUrl url, boolean expected, Map<String, String> conditions) {
        Optional<String> copy = settings.bundled() ? BundledDocuments.at(url.value()) : Optional.empty();
        if (copy.isPresent()) {
            return read(url, expected, new FetchAnswer.Content(copy.get(), Map.of()), Deadline.in(GuardedFetch.LIMIT));
        }
        long begin = System.nanoTime();
        Loading loading = fetched(url, expected, conditions);
        McpMetrics.fetched(
                session.getContext().getRealm(), loading.result(), Duration.ofNanos(System.nanoTime() - begin));
        return loading;
    }

    private Loading fetched(DocumentUrl url, boolean expected, Map<String, String> conditions) {
        Deadline deadline = Deadline.in(GuardedFetch.LIMIT);
        FetchAnswer answer = fetch.get(request(url, expected, conditions), TrustedTls.of(session), deadline);
        if (answer instanceof FetchAnswer.Unchanged unchanged) {
            return new Loading.Unchanged(unchanged.headers());
        }
        if (answer instanceof FetchAnswer.Failure failure) {
            return failed(url, failure);
        }
        return read(url, expected, (FetchAnswer.Content) answer, deadline);
    }

    private Loading read(DocumentUrl url, boolean expected, FetchAnswer.Content content, Deadline deadline) {
        Verdict<OIDCClientRepresentation> document = DocumentReader.read(url, content.text());
        if (document instanceof Verdict.Refused<OIDCClientRepresentation> refused) {
            return new Loading.Failed(refused.refusal(), false);
        }
        OIDCClientRepresentation metadata = ((Verdict.Allowed<OIDCClientRepresentation>) document).value();
        return metadata.getJwksUri() == null
                ? new Loading.Loaded(metadata, "", content.headers())
                : withKeys(url, expected, metadata, content.headers(), deadline);
    }

    private Loading withKeys(
            DocumentUrl url,
            boolean expected,
            OIDCClientRepresentation metadata,
            Map<String, String> headers,
            Deadline deadline) {
        String address = metadata.getJwksUri();
        KeyLoader.Keys keys = new KeyLoader(fetch, session).load(url, address, expected, deadline);
        if (keys instanceof KeyLoader.Keys.Missing missing) {
            return unreadable(url, missing.reason(), missing.temporary());
        }
        metadata.setJwks(((KeyLoader.Keys.Found) keys).set());
        metadata.setJwksUri(null);
        return new Loading.Loaded(metadata, address, headers);
    }

    private FetchRequest request(DocumentUrl url, boolean expected, Map<String, String> conditions) {
        return new FetchRequest(
                url.uri(),
                url.loopback(),
                expected,
                settings.sources().privateHosts().of(url.host()),
                conditions);
    }

    private static Loading failed(DocumentUrl url, FetchAnswer.Failure failure) {
        return unreadable(url, failure.reason(), failure.temporary());
    }

    private static Loading unreadable(DocumentUrl url, String reason, boolean temporary) {
        return new Loading.Failed(DocumentRefusals.unreadable(url, reason), temporary);
    }
}
