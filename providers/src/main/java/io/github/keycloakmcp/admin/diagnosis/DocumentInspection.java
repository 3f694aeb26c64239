package io.github.keycloakmcp.admin.diagnosis;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.keycloakmcp.fetch.Deadline;
import io.github.keycloakmcp.fetch.FetchAnswer;
import io.github.keycloakmcp.fetch.FetchRequest;
import io.github.keycloakmcp.fetch.GuardedFetch;
import io.github.keycloakmcp.platform.ActiveExecutors;
import io.github.keycloakmcp.platform.TrustedTls;
import io.github.keycloakmcp.rule.cimd.BundledDocuments;
import io.github.keycloakmcp.rule.diagnosis.DocumentChecks;
import io.github.keycloakmcp.rule.diagnosis.Finding;
import io.github.keycloakmcp.rule.registration.KnownClient;
import io.github.keycloakmcp.rule.registration.KnownClients;
import io.github.keycloakmcp.settings.DocumentSettings;
import io.github.keycloakmcp.settings.RegistrationSettings;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Tries to load the metadata documents of known clients, as the login of such a client would. Only addresses from the list
 * of known clients are called, because a caller must not be able to make this server call any address.
 */
public final class DocumentInspection {

    /** For all documents together; administrators wait for the answer. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final GuardedFetch fetch;

    public DocumentInspection(KeycloakSession session, RealmModel realm, GuardedFetch fetch) {
        this.session = session;
        this.realm = realm;
        this.fetch = fetch;
    }

    /**
     * Tries.
     *
     * @param names known clients; all that the realm accepts, if there are none
     */
    public List<Finding> of(List<String> names) {
        ActiveExecutors executors = ActiveExecutors.in(session);
        Optional<DocumentSettings> settings = DocumentSettings.in(executors);
        if (settings.isEmpty()) {
            return List.of(DocumentChecks.off());
        }
        boolean bundled = settings.get().bundled();
        List<RegistrationSettings> judges = RegistrationJudges.of(realm, executors);
        List<String> unreachable = new ArrayList<>();
        Deadline deadline = Deadline.in(LIMIT);
        int loaded = 0;
        for (KnownClient client : KnownClients.all()) {
            Optional<String> document = fixed(client);
            if (document.isEmpty()
                    || !(names.isEmpty()
                            ? judges.stream().allMatch(judge -> judge.known().contains(client))
                            : names.contains(client.id()))) {
                continue;
            }
            if ((bundled && BundledDocuments.at(document.get()).isPresent()) || isLoaded(document.get(), deadline)) {
                loaded++;
            } else {
                unreachable.add(
                        client.name() + " (" + URI.create(document.get()).getHost() + ")");
            }
        }
        return DocumentChecks.of(unreachable, loaded, bundled);
    }

    /** The first address without a placeholder. */
    private static Optional<String> fixed(KnownClient client) {
        return client.documents().stream().filter(url -> !url.contains("{")).findFirst();
    }

    private boolean isLoaded(String url, Deadline deadline) {
        return deadline.nanosLeft() > 0
                && fetch.get(
                                new FetchRequest(URI.create(url), false, Map.of()),
                                TrustedTls.of(session),
                                Deadline.in(GuardedFetch.LIMIT))
                        instanceof FetchAnswer.Content;
    }
}
