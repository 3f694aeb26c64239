package io.github.keycloakmcp.admin.diagnosis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

import io.github.keycloakmcp.admission.ClientRoom;
import io.github.keycloakmcp.rule.diagnosis.CacheFacts;
import io.github.keycloakmcp.rule.diagnosis.ClientsFacts;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;

/**
 * Looks at the size of Keycloak's realm cache. It is read from the server options, because the cache itself can only be asked
 * with classes of the library that implements it, which a server may replace.
 */
public final class CacheInspection {

    /** What Keycloak's cache has without an option. */
    private static final long DEFAULT = 10_000;

    private final ClientRoom room;

    public CacheInspection(KeycloakSession session) {
        this.room = new ClientRoom(session);
    }

    /**
     * Looks, with no statement for most realms.
     *
     * @param clients counted only where the realm limits their number
     */
    public CacheFacts facts(ClientsFacts clients) {
        long entries = entries();
        long count = clients.most() > 0 || entries == 0 ? clients.count() : room.occupied();
        return new CacheFacts(CacheFacts.isTooSmall(entries, count) ? count - room.neverUsed() : count, entries);
    }

    private static long entries() {
        Config.Scope caches = Config.scope("cacheEmbedded", "default");
        return Optional.ofNullable(caches.getLong("realmsMaxCount"))
                .filter(count -> count > 0)
                .orElseGet(() -> isConfigured(caches.get("configFile")) ? 0 : DEFAULT);
    }

    /** Whether an administrator has described the cache in a file. Keycloak's own file does not mention it. */
    private static boolean isConfigured(@Nullable String file) {
        try {
            return file != null
                    && Files.isRegularFile(Path.of(file))
                    && CacheFacts.isDescribedIn(Files.readString(Path.of(file)));
        } catch (IOException | InvalidPathException e) {
            return true;
        }
    }
}
