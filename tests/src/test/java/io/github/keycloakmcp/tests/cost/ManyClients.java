package io.github.keycloakmcp.tests.cost;

import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.PostgresServer;

/** Many self-registered clients in a realm, written into the database without the server. */
public final class ManyClients {

    /** Copies of one client, with all that hangs on it; 100,000 within a minute. */
    private static final String COPIES = """
            create temporary table model as select c.* from client c join realm r on r.id = c.realm_id
              where c.client_id = 'filler' and r.name = '%2$s';
            create temporary table copy as
              select '%2$s-' || lpad(n::text, 6, '0') as name from generate_series(1, %1$d) n;
            insert into client select (jsonb_populate_record(m, jsonb_build_object(
              'id', copy.name, 'client_id', copy.name, 'name', copy.name))).* from model m, copy;
            insert into client_attributes (client_id, name, value)
              select copy.name, a.name, a.value from client_attributes a join model on a.client_id = model.id, copy;
            delete from client_attributes where name = 'mcp.last-used' and client_id like '%2$s-%%';
            insert into client_attributes (client_id, name, value)
              select copy.name, 'mcp.last-used', '4000000000' from copy;
            insert into redirect_uris (client_id, value)
              select copy.name, r.value from redirect_uris r join model on r.client_id = model.id, copy;
            insert into client_scope_client (client_id, scope_id, default_scope)
              select copy.name, s.scope_id, s.default_scope
              from client_scope_client s join model on s.client_id = model.id, copy;
            drop table model, copy;
            analyze;
            """;

    private ManyClients() {}

    /** Adds so many. The server does not keep any of them in its cache. */
    public static void add(PostgresServer database, McpRealm realm, int clients) {
        realm.clients().create("""
                {"clientId": "filler", "name": "filler", "publicClient": true, "consentRequired": true,
                 "redirectUris": ["http://127.0.0.1/callback"],
                 "attributes": {"mcp.registered": "1700000000"}}
                """);
        database.execute(COPIES.formatted(clients, realm.name()));
    }
}
