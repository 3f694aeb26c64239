package io.github.keycloakmcp.admin.setup;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.platform.ServerScopes;
import io.github.keycloakmcp.platform.ServerSettings;
import io.github.keycloakmcp.platform.Setting;
import io.github.keycloakmcp.platform.UserRoles;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * MCP servers as objects of Keycloak's own model: the client of a server has its name, description, link and required role,
 * client scopes whose mapper lists it are its scopes. So that the admin console, exports and other tools see the same.
 */
public final class ServerObjects {

    private static final String CLIENT = "client";
    private static final String SCOPE = "client-scope";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ServerChanges changes = new ServerChanges();

    public ServerObjects(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** Whether the server has own scopes. */
    public boolean hasScopes(String uri) {
        return !OwnScopes.of(realm, uri).isEmpty();
    }

    /** Makes the realm what the document says, and returns what had to be changed for it. */
    public List<ObjectNode> declare(ServerDocument document) throws InvalidInput {
        ClientModel client = client(document);
        if (document.scopes() != null) {
            scopes(client, document.uri(), document.scopes());
        }
        return changes.made();
    }

    /** Takes the server from its own scopes; tells whether it had any. Its client stays. */
    public boolean withdraw(String uri) {
        List<ClientScopeModel> scopes = OwnScopes.of(realm, uri);
        scopes.forEach(scope -> withdraw(scope, uri));
        return !scopes.isEmpty();
    }

    private ClientModel client(ServerDocument document) throws InvalidInput {
        Taken taken = new Taken(session, realm);
        ClientModel client = taken.client(document.uri()).orElse(null);
        if (client != null && client.getAttribute(ClientAttributes.REGISTERED) != null) {
            throw new InvalidInput("uri", "a self-registered client has this client id");
        }
        if (client == null) {
            if (taken.byClient(document.uri())) {
                throw new InvalidInput(
                        ServerDocument.URI,
                        "another client has this URI in resource_url, or as its client ID in another spelling");
            }
            client = new ServerClients(session, realm).create(document.uri());
            changes.add("create", CLIENT, document.uri());
        }
        ClientModel its = client;
        String uri = document.uri();
        changes.set(CLIENT, uri, ServerDocument.NAME, its.getName(), document.name(), its::setName);
        String description = its.getDescription();
        changes.set(CLIENT, uri, ServerDocument.DESCRIPTION, description, document.description(), its::setDescription);
        changes.set(
                CLIENT, uri, ServerDocument.DOCUMENTATION, its.getBaseUrl(), document.documentation(), its::setBaseUrl);
        set(its, uri, ServerDocument.OWNER, ClientAttributes.OWNER, document.owner());
        if (document.team() != null && !document.team().isEmpty()) {
            StoredTeams.require(realm, document.team(), uri);
        }
        set(its, uri, ServerDocument.TEAM, ClientAttributes.TEAM, document.team());
        if (document.requiredRole() != null && !document.requiredRole().isEmpty()) {
            role(its, document.requiredRole(), ServerDocument.REQUIRED_ROLE);
        }
        set(its, uri, ServerDocument.REQUIRED_ROLE, ClientAttributes.REQUIRED_ROLE, document.requiredRole());
        changes.set(
                CLIENT,
                uri,
                ServerDocument.DPOP_REQUIRED,
                Boolean.toString(Boolean.parseBoolean(its.getAttribute(ClientAttributes.DPOP_REQUIRED))),
                document.dpopRequired() == null ? null : document.dpopRequired().toString(),
                value -> attribute(its, ClientAttributes.DPOP_REQUIRED, value));
        set(its, uri, ClientAttributes.RESOURCE_URL, ClientAttributes.RESOURCE_URL, uri);
        its.removeAttribute(ClientAttributes.CONVERTED);
        return its;
    }

    private void scopes(ClientModel client, String uri, List<ServerDocument.OwnScope> wanted) throws InvalidInput {
        for (ClientScopeModel scope : OwnScopes.of(realm, uri)) {
            if (wanted.stream().noneMatch(one -> one.name().equals(scope.getName()))) {
                withdraw(scope, uri);
            }
        }
        for (ServerDocument.OwnScope one : wanted) {
            ClientScopeModel scope = scope(one.name(), uri);
            changes.set(
                    SCOPE,
                    scope.getName(),
                    ServerDocument.TEXT,
                    scope.getConsentScreenText(),
                    one.text(),
                    scope::setConsentScreenText);
            set(scope, ServerDocument.SENSITIVE, ServerSettings.SENSITIVE, one.sensitive());
            set(scope, ServerDocument.LOGIN_ACR, ServerSettings.LOGIN_ACR, one.loginAcr());
            set(scope, ServerDocument.LOGIN_MAX_AGE, ServerSettings.LOGIN_MAX_AGE, one.loginMaxAge());
            if (one.roles() != null && !one.roles().equals(UserRoles.of(scope))) {
                changes.add("update", SCOPE, scope.getName())
                        .put("member", ServerDocument.ROLES)
                        .put("after", String.join(" ", one.roles()));
                scope.getScopeMappingsStream().toList().forEach(scope::deleteScopeMapping);
                for (String role : one.roles()) {
                    scope.addScopeMapping(role(client, role, ServerDocument.ROLES));
                }
            }
        }
    }

    private void set(ClientModel client, String uri, String member, String attribute, @Nullable String value) {
        changes.set(
                CLIENT, uri, member, client.getAttribute(attribute), value, text -> attribute(client, attribute, text));
    }

    private void set(ClientScopeModel scope, String member, Setting<?> setting, @Nullable Object value) {
        changes.set(
                SCOPE,
                scope.getName(),
                member,
                OwnScopes.setting(scope, setting),
                value == null ? null : value.toString(),
                text -> OwnScopes.set(scope, setting, text));
    }

    private ClientScopeModel scope(String name, String uri) throws InvalidInput {
        ClientScopeModel there = new Taken(session, realm).scope(name).orElse(null);
        if (there != null && !ServerScopes.isOwn(there)) {
            throw new InvalidInput(
                    ServerDocument.SCOPES,
                    "the client scope " + name + " is there already and is not one of MCP servers");
        }
        ClientScopeModel scope = there == null ? OwnScopes.create(realm, name) : there;
        if (there == null) {
            changes.add("create", SCOPE, name);
        }
        if (OwnScopes.add(scope, uri) && there != null) {
            changes.add("update", SCOPE, name).put("member", "servers").put("after", uri);
        }
        return scope;
    }

    private void withdraw(ClientScopeModel scope, String uri) {
        if (OwnScopes.remove(scope, uri)) {
            changes.add("update", SCOPE, scope.getName())
                    .put("member", "servers")
                    .put("before", uri);
        } else {
            changes.add("remove", SCOPE, scope.getName());
            realm.removeClientScope(scope.getId());
        }
    }

    /** A role of the server itself is made: no user has it yet, so that it opens nothing. */
    private RoleModel role(ClientModel client, String name, String member) throws InvalidInput {
        RoleModel role = KeycloakModelUtils.getRoleFromString(session, realm, name);
        if (role != null) {
            return role;
        }
        RoleModel made = OwnRoles.name(client.getClientId(), name)
                .map(client::addRole)
                .orElseThrow(() -> new InvalidInput(member, "there is no role " + name));
        changes.add("create", "role", name);
        return made;
    }

    private static void attribute(ClientModel client, String name, String value) {
        if (value.isEmpty()) {
            client.removeAttribute(name);
        } else {
            client.setAttribute(name, value);
        }
    }
}
