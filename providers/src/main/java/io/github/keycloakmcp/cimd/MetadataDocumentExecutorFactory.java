package io.github.keycloakmcp.cimd;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.github.keycloakmcp.fetch.GuardedFetch;
import io.github.keycloakmcp.fetch.SharedFetch;
import io.github.keycloakmcp.platform.McpExecutorFactory;
import io.github.keycloakmcp.platform.McpLog;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.platform.Setting;
import io.github.keycloakmcp.settings.DocumentSettings;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;

/** Makes the {@link MetadataDocumentExecutor}. */
public final class MetadataDocumentExecutorFactory implements McpExecutorFactory {

    private static final List<ProviderConfigProperty> PROPERTIES =
            DocumentSettings.SETTINGS.stream().map(Setting::property).toList();

    /** Few enough to leave Keycloak's own threads alone, of which there are 50 at least. */
    private static final int THREADS = 10;

    private @Nullable SharedFetch fetch;
    private @Nullable KeyRefresh keys;

    /** What loads keys, the same for every request; nothing where a server option disables this provider. */
    static Optional<KeyRefresh> keys(KeycloakSession session) {
        ProviderFactory<?> factory = session.getKeycloakSessionFactory()
                .getProviderFactory(ClientPolicyExecutorProvider.class, ProviderIds.CLIENT_ID_METADATA_DOCUMENT);
        return factory instanceof MetadataDocumentExecutorFactory ours
                ? Optional.ofNullable(ours.keys)
                : Optional.empty();
    }

    @Override
    public ClientPolicyExecutorProvider<?> create(KeycloakSession session) {
        return new MetadataDocumentExecutor(session, Objects.requireNonNull(fetch, "not initialized"));
    }

    @Override
    public String getId() {
        return ProviderIds.CLIENT_ID_METADATA_DOCUMENT;
    }

    @Override
    public String getHelpText() {
        return "Accepts clients whose client_id is the URL of their metadata document (Client ID Metadata Documents). "
                + "Loads the document, applies the rules of registration, and creates the client.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return PROPERTIES;
    }

    @Override
    public void init(Config.Scope config) {
        fetch = SharedFetch.withThreads(THREADS);
        keys = new KeyRefresh(fetch);
        GuardedFetch.proxyProblems().forEach(McpLog::proxyUnreadable);
    }

    @Override
    public void close() {
        if (fetch != null) {
            fetch.close();
        }
    }
}
