package io.github.keycloakmcp.tests.cost;

import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.PostgresServer;

/** Many MCP servers with scopes of their own in a realm, written into the database without the server. */
public final class ManyServers {

    /** One that is made with the Admin REST, and that the others are copies of. */
    public static final String MODEL = "https://model.example.com/mcp";

    /** The scopes of the model; the last one needs a role. */
    public static final String READ = "model:read";

    public static final String WRITE = "model:write";

    private static final String OBJECT = """
            {"uri": "%s", "name": "Model", "scopes": [
              {"name": "model:read", "text": "Read"},
              {"name": "model:write", "text": "Write"},
              {"name": "model:admin", "text": "Administer", "roles": ["model-admin"]}]}
            """.formatted(MODEL);

    /** Copies of the server's client, with scopes and all that hangs on them; 10,000 servers within a minute. */
    private static final String COPIES = """
            create temporary table realm_id as select id from realm where name = '%2$s';
            create temporary table copy as
              select lpad(n::text, 6, '0') as number, 'https://tools.example.com/' || n || '/mcp' as uri
              from generate_series(1, %1$d) n;
            create temporary table model as select c.* from client c where c.client_id = '%3$s'
              and c.realm_id = (select id from realm_id);
            insert into client select (jsonb_populate_record(m, jsonb_build_object(
              'id', '%2$s-server-' || number, 'client_id', uri, 'name', 'Server ' || number))).* from model m, copy;
            insert into client_attributes (client_id, name, value)
              select '%2$s-server-' || number, a.name, case a.name when 'resource_url' then uri else a.value end
              from client_attributes a join model on a.client_id = model.id, copy;
            create temporary table scope as select s.*, substring(s.name from 7) as short from client_scope s
              where s.name like 'model:%%' and s.realm_id = (select id from realm_id);
            %4$s
            drop table realm_id, copy, model, scope;
            analyze;
            """;

    /** Three scopes for each of them. */
    private static final String OWN = """
            insert into client_scope (id, name, realm_id, description, protocol)
              select '%2$s-' || short || '-' || number, 'server-' || number || ':' || short, realm_id, description, protocol
              from scope, copy;
            insert into client_scope_attributes (scope_id, name, value)
              select '%2$s-' || short || '-' || number, a.name, a.value
              from client_scope_attributes a join scope on a.scope_id = scope.id, copy;
            insert into client_scope_role_mapping (scope_id, role_id)
              select '%2$s-' || short || '-' || number, r.role_id
              from client_scope_role_mapping r join scope on r.scope_id = scope.id, copy;
            insert into protocol_mapper (id, name, protocol, protocol_mapper_name, client_scope_id)
              select '%2$s-m-' || short || '-' || number, p.name, p.protocol, p.protocol_mapper_name,
                '%2$s-' || short || '-' || number
              from protocol_mapper p join scope on p.client_scope_id = scope.id, copy;
            insert into protocol_mapper_config (protocol_mapper_id, name, value)
              select '%2$s-m-' || short || '-' || number, c.name, case c.name when 'mcp-servers' then uri else c.value end
              from protocol_mapper_config c join protocol_mapper p on c.protocol_mapper_id = p.id
              join scope on p.client_scope_id = scope.id, copy;
            """;

    /** The model's three scopes for all of them. */
    private static final String SHARED = """
            update protocol_mapper_config c set value = c.value || '##' || (select string_agg(uri, '##') from copy)
              from protocol_mapper p join scope on p.client_scope_id = scope.id
              where c.protocol_mapper_id = p.id and c.name = 'mcp-servers';
            """;

    private ManyServers() {}

    /**
     * Adds the model and so many more, each with three scopes. The realm's name is short, because it begins all ids.
     *
     * @param shared whether they have the scopes of the model
     */
    public static void add(PostgresServer database, McpRealm realm, int servers, boolean shared) {
        AdminApi.succeeded("POST", "/roles", realm.post("/roles", "{\"name\": \"model-admin\"}"));
        AdminApi.succeeded("PUT", "/mcp/servers", realm.put("/mcp/servers", OBJECT));
        String scopes = (shared ? SHARED : OWN).formatted(servers, realm.name());
        if (servers > 0) {
            database.execute(COPIES.formatted(servers, realm.name(), MODEL, scopes));
        }
    }
}
