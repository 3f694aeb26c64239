package io.github.keycloakmcp.admin.diagnosis;

import java.util.List;
import java.util.Optional;

import io.github.keycloakmcp.platform.ActiveExecutors;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.cimd.DocumentTrust;
import io.github.keycloakmcp.rule.cimd.DocumentUrl;
import io.github.keycloakmcp.rule.diagnosis.DocumentChecks;
import io.github.keycloakmcp.rule.diagnosis.Finding;
import io.github.keycloakmcp.rule.registration.KnownClients;
import io.github.keycloakmcp.settings.DocumentSettings;
import io.github.keycloakmcp.settings.RealmSettings;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Whether the realm reads a metadata document, judged from its address as a login is. Nothing is loaded. */
final class DocumentJudgement {

    private final KeycloakSession session;
    private final RealmModel realm;

    DocumentJudgement(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** The verdict; empty where the realm has no executor for metadata documents. */
    Optional<Verdict<DocumentTrust>> of(String address) {
        ActiveExecutors executors = ActiveExecutors.in(session);
        return DocumentSettings.in(executors)
                .map(settings -> DocumentUrl.parse(address)
                        .then(url -> settings.sources().judge(url, isKnown(url, executors))));
    }

    /** Why the realm does not read it; empty where it does, or reads none at all. */
    List<Finding> refusals(String address) {
        return of(address).flatMap(Verdict::reason).map(DocumentChecks::refused).stream()
                .toList();
    }

    private boolean isKnown(DocumentUrl url, ActiveExecutors executors) {
        return KnownClients.byDocument(url.value())
                .filter(RealmSettings.in(realm, executors).registration().known()::contains)
                .isPresent();
    }
}
