package io.github.keycloakmcp.lifecycle;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.McpScopes;
import io.github.keycloakmcp.settings.RealmSettings;
import jakarta.persistence.EntityManager;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * How many MCP clients a realm has, by the kinds of {@code GET …/mcp/clients}. Three statements that count, once for each
 * clean-up, whatever the number of clients.
 *
 * @param byKind the numbers
 * @param limit how many clients may register themselves; 0 for no limit
 */
record ClientCensus(Map<String, Long> byKind, int limit) {

    private static final String MARKED =
            "select count(mark) from ClientAttributeEntity mark where mark.name = :mark and mark.client.realmId = :realm";

    private static final String WITH_SCOPE = "select count(c) from ClientEntity c where c.realmId = :realm"
            + " and (select count(s.clientId) from ClientScopeClientMappingEntity s"
            + " where s.clientId = c.id and s.clientScopeId in :scopes) > 0"
            + " and (select count(a.name) from ClientAttributeEntity a where a.client.id = c.id and a.name = :mark"
            + " and a.value is not null) = 0";

    static ClientCensus of(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        EntityManager database =
                session.getProvider(JpaConnectionProvider.class).getEntityManager();
        long self = marked(database, realm, ClientAttributes.REGISTERED);
        long documents = Math.min(self, marked(database, realm, ClientAttributes.DOCUMENT_CHECKED));
        Map<String, Long> byKind = new LinkedHashMap<>();
        byKind.put("dynamic", self - documents);
        byKind.put("metadata-document", documents);
        byKind.put("pre-registered", preRegistered(database, realm));
        return new ClientCensus(byKind, RealmSettings.in(session).limits().maxClients());
    }

    private static long marked(EntityManager database, RealmModel realm, String attribute) {
        return database.createQuery(MARKED, Long.class)
                .setParameter("mark", attribute)
                .setParameter("realm", realm.getId())
                .getSingleResult();
    }

    private static long preRegistered(EntityManager database, RealmModel realm) {
        Collection<String> scopes = McpScopes.idsIn(realm);
        return scopes.isEmpty()
                ? 0
                : database.createQuery(WITH_SCOPE, Long.class)
                        .setParameter("realm", realm.getId())
                        .setParameter("scopes", scopes)
                        .setParameter("mark", ClientAttributes.REGISTERED)
                        .getSingleResult();
    }
}
