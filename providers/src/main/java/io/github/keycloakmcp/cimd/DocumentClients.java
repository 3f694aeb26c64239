package io.github.keycloakmcp.cimd;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.DatabaseFailure;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.cimd.DocumentTrust;
import io.github.keycloakmcp.rule.cimd.DocumentUrl;
import io.github.keycloakmcp.rule.registration.KnownClients;
import io.github.keycloakmcp.rule.registration.RedirectUri;
import io.github.keycloakmcp.settings.DocumentSettings;
import io.github.keycloakmcp.settings.RealmSettings;
import org.keycloak.common.util.Time;

/** Sees to it that a client whose {@code client_id} is a URL is in the realm, as its document describes it by now. */
final class DocumentClients {

    /** What became of it. */
    enum Outcome {
        /** Nothing had to be done. */
        AS_BEFORE,
        /** The client is new. */
        CREATED,
        /** The document has been read again. */
        REFRESHED
    }

    private final DocumentSettings config;
    private final RealmSettings admission;
    private final DocumentStore store;
    private final DocumentLoader loader;

    /** @param admission the settings of registration, to which the clients are held as well */
    DocumentClients(DocumentSettings config, RealmSettings admission, DocumentStore store, DocumentLoader loader) {
        this.config = config;
        this.admission = admission;
        this.store = store;
        this.loader = loader;
    }

    /** @param stored what is remembered of the client, which is one of ours */
    Verdict<Outcome> bring(String clientId, Optional<StoredDocument> stored) {
        return DocumentUrl.parse(clientId)
                .then(url -> config.sources()
                        .judge(url, isKnown(admission, url))
                        .then(trust -> current(url, trust, stored)));
    }

    /** The host of a document that neither an administrator nor this extension knows. */
    Optional<String> strangersHost(String clientId) {
        return DocumentUrl.parse(clientId)
                .decided()
                .filter(url -> config.sources()
                        .judge(url, isKnown(admission, url))
                        .decided()
                        .filter(DocumentTrust.UNVERIFIED::equals)
                        .isPresent())
                .map(DocumentUrl::host);
    }

    /** Tells whether it is the document of a known client that the realm accepts. */
    static boolean isKnown(RealmSettings settings, DocumentUrl url) {
        return KnownClients.byDocument(url.value())
                .filter(settings.registration().known()::contains)
                .isPresent();
    }

    private Verdict<Outcome> current(DocumentUrl url, DocumentTrust trust, Optional<StoredDocument> stored) {
        int now = Time.currentTime();
        if (stored.isPresent() && stored.get().countsAt(now)) {
            return Verdict.allowed(Outcome.AS_BEFORE);
        }
        Loading loading = loader.load(
                url,
                stored.isPresent() || trust != DocumentTrust.UNVERIFIED,
                stored.map(StoredDocument::conditions).orElse(Map.of()));
        if (loading instanceof Loading.Failed failed) {
            return failed.temporary() && stored.isPresent() && stored.get().stillCountsAt(now, config.stale())
                    ? Verdict.allowed(Outcome.AS_BEFORE)
                    : Verdict.refused(failed.refusal());
        }
        return write(url, trust, loading, now)
                .then(done -> Verdict.allowed(stored.isPresent() ? Outcome.REFRESHED : Outcome.CREATED));
    }

    private Verdict<?> write(DocumentUrl url, DocumentTrust trust, Loading loading, int now) {
        try {
            if (loading instanceof Loading.Loaded loaded) {
                Map<String, String> attributes = attributes(loaded.headers(), trust, now);
                attributes.put(ClientAttributes.DOCUMENT_KEYS, loaded.keysAddress());
                return store.keep(admission, url.value(), loaded.metadata(), attributes);
            }
            Map<String, String> headers = ((Loading.Unchanged) loading).headers();
            return store.extend(admission, url.value(), attributes(headers, trust, now));
        } catch (RuntimeException e) {
            // Another request has written the same at the same moment; what it has written is as good.
            Verdict<Optional<StoredDocument>> there = store.find(url.value());
            if (there instanceof Verdict.Refused<Optional<StoredDocument>>
                    || there.decided()
                            .flatMap(found -> found)
                            .filter(found -> found.ours() && found.countsAt(now))
                            .isPresent()) {
                return there;
            }
            return Verdict.refused(refusal(e, loading).orElseThrow(() -> e));
        }
    }

    /** What the database has against the document, if its failure is about that. */
    private static Optional<Refusal> refusal(RuntimeException failure, Loading loading) {
        return DatabaseFailure.of(failure).flatMap(reason -> switch (reason) {
            case UNSTORABLE -> Optional.of(DocumentRefusals.unstorable());
            case DUPLICATE ->
                loading instanceof Loading.Loaded loaded
                        ? RedirectUri.lookAlikes(loaded.metadata().getRedirectUris())
                        : Optional.empty();
            case ROLLED_BACK, NO_CONNECTION -> Optional.empty();
        });
    }

    private Map<String, String> attributes(Map<String, String> headers, DocumentTrust trust, int now) {
        Map<String, String> attributes =
                new HashMap<>(StoredDocument.attributes(headers, config.cache().lifetime(headers), now));
        attributes.put(ClientAttributes.DOCUMENT_TRUST, trust.written());
        UpstreamDocuments.name(attributes);
        return attributes;
    }
}
