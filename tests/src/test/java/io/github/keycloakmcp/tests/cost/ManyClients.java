package io.github.keycloakmcp.tests.cost;

import io.github.keycloakmcp.tests.server.DatabaseServer;
import io.github.keycloakmcp.tests.server.MariaDbServer;
import io.github.keycloakmcp.tests.server.McpRealm;

/** Many self-registered clients in a realm, written into the database without the server. */
public final class ManyClients {

    /** Copies of one client, with all that hangs on it; 100,000 within a minute. */
    private static final String IN_POSTGRES = """
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

    /** The same. Table names have a case, and a temporary table cannot be used twice in one statement. */
    private static final String IN_MARIADB = """
            create temporary table filler as select c.id from CLIENT c join REALM r on r.id = c.realm_id
              where c.client_id = 'filler' and r.name = '%2$s';
            create temporary table copy as select concat('%2$s-', lpad(seq, 6, '0')) as name from seq_1_to_%1$d;
            create temporary table copies as select c.*, copy.name as copied from CLIENT c join filler on c.id = filler.id, copy;
            update copies set id = copied, client_id = copied, name = copied;
            alter table copies drop column copied;
            insert into CLIENT select * from copies;
            insert into CLIENT_ATTRIBUTES (client_id, name, value)
              select copy.name, a.name, a.value from CLIENT_ATTRIBUTES a join filler on a.client_id = filler.id, copy
              where a.name <> 'mcp.last-used';
            insert into CLIENT_ATTRIBUTES (client_id, name, value)
              select copy.name, 'mcp.last-used', '4000000000' from copy;
            insert into REDIRECT_URIS (client_id, value)
              select copy.name, u.value from REDIRECT_URIS u join filler on u.client_id = filler.id, copy;
            insert into CLIENT_SCOPE_CLIENT (client_id, scope_id, default_scope)
              select copy.name, s.scope_id, s.default_scope
              from CLIENT_SCOPE_CLIENT s join filler on s.client_id = filler.id, copy;
            drop temporary table filler, copy, copies;
            analyze table CLIENT, CLIENT_ATTRIBUTES, REDIRECT_URIS, CLIENT_SCOPE_CLIENT;
            """;

    private ManyClients() {}

    /** Adds so many public clients. The server does not keep any of them in its cache. */
    public static void add(DatabaseServer database, McpRealm realm, int clients) {
        add(database, realm, clients, """
                {"clientId": "filler", "name": "filler", "publicClient": true, "consentRequired": true,
                 "redirectUris": ["http://127.0.0.1/callback"],
                 "attributes": {"mcp.registered": "1700000000"}}
                """);
    }

    /** Adds copies of a client whose id is {@code filler}; the id of each is made by {@link #id}. */
    public static void add(DatabaseServer database, McpRealm realm, int clients, String filler) {
        realm.clients().create(filler);
        String copies = database instanceof MariaDbServer ? IN_MARIADB : IN_POSTGRES;
        database.execute(copies.formatted(clients, realm.name()));
    }

    /** The client id of one of them; the first is 1. */
    public static String id(McpRealm realm, int number) {
        return "%s-%06d".formatted(realm.name(), number);
    }
}
