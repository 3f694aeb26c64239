package io.github.keycloakmcp.admission;

import java.util.Map;
import java.util.Optional;

import io.github.keycloakmcp.platform.ActiveExecutors;
import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.cimd.DocumentSources;
import io.github.keycloakmcp.rule.cimd.DocumentUrl;
import io.github.keycloakmcp.rule.registration.KnownClients;
import io.github.keycloakmcp.settings.DocumentSettings;
import io.github.keycloakmcp.settings.RealmSettings;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** Where the metadata document of a client comes from, as its {@code client_id} and the settings of the realm say now. */
final class DocumentOrigin {

    private DocumentOrigin() {}

    /** Tells whether {@code client} was created from a document, and not by an administrator who chose such an id. */
    static boolean has(ClientModel client) {
        return client.getAttribute(ClientAttributes.REGISTERED) != null
                && client.getAttribute(ClientAttributes.DOCUMENT_CHECKED) != null;
    }

    /** The document's own host, with the port where it is not 443, if codes may go there because of the document. */
    static Optional<String> ownHost(KeycloakSession session, RealmSettings settings, String clientId) {
        Map<String, Object> executor = ActiveExecutors.in(session)
                .configuration(ProviderIds.CLIENT_ID_METADATA_DOCUMENT)
                .orElse(Map.of());
        DocumentSources sources = DocumentSettings.of(executor).sources();
        Verdict<Optional<String>> host = DocumentUrl.parse(clientId).then(url -> {
            boolean known = KnownClients.byDocument(url.value())
                    .filter(settings.registration().known()::contains)
                    .isPresent();
            return sources.judge(url, known).then(trust -> Verdict.allowed(sources.ownHost(url, trust)));
        });
        return host instanceof Verdict.Allowed<Optional<String>> allowed ? allowed.value() : Optional.empty();
    }
}
