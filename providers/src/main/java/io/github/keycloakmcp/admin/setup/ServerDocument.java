package io.github.keycloakmcp.admin.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.rule.resource.ResourceIndicator;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;

/**
 * An MCP server as an administrator declares it. A member that is null was not sent: what the realm has stays as it is.
 *
 * @param uri the URI, as the server checks it in {@code aud}
 * @param name what users see
 * @param description what administrators see
 * @param documentation a link
 * @param owner the team or person who looks after it
 * @param team the realm role whose users look after it through this API; empty for none
 * @param aliases other URIs under which clients can request it; empty for none
 * @param requiredRole the role that every user of the server needs; empty for none
 * @param dpopRequired whether tokens for it have to be bound to a key of their client
 * @param scopes its own scopes; empty for none
 */
public record ServerDocument(
        String uri,
        @Nullable String name,
        @Nullable String description,
        @Nullable String documentation,
        @Nullable String owner,
        @Nullable String team,
        @Nullable List<String> aliases,
        @Nullable String requiredRole,
        @Nullable Boolean dpopRequired,
        @Nullable List<OwnScope> scopes) {

    static final String NAME = "name";
    static final String DESCRIPTION = "description";
    static final String DOCUMENTATION = "documentation";
    static final String OWNER = "owner";
    static final String TEAM = "team";
    static final String ALIASES = "aliases";
    static final String REQUIRED_ROLE = "requiredRole";
    static final String DPOP_REQUIRED = "dpopRequired";
    static final String SCOPES = "scopes";
    static final String TEXT = "text";
    static final String ROLES = "roles";
    static final String SENSITIVE = "sensitive";
    static final String LOGIN_ACR = "loginAcr";
    static final String LOGIN_MAX_AGE = "loginMaxAge";
    static final String URI = "uri";

    private static final Set<String> MEMBERS =
            Set.of(URI, NAME, DESCRIPTION, DOCUMENTATION, OWNER, TEAM, ALIASES, REQUIRED_ROLE, DPOP_REQUIRED, SCOPES);
    private static final Set<String> OF_SCOPE = Set.of(NAME, TEXT, ROLES, SENSITIVE, LOGIN_ACR, LOGIN_MAX_AGE);

    /** RFC 6749 section 3.3. */
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,255}");

    /**
     * A scope of the server.
     *
     * @param name the scope
     * @param text what the consent page shows
     * @param roles the roles of which a user needs one; empty for none
     * @param sensitive whether users have to select it themselves
     * @param loginAcr the level of authentication that the login needs; empty for any
     * @param loginMaxAge the seconds after a login in which users need not log in again; 0 for any
     */
    public record OwnScope(
            String name,
            @Nullable String text,
            @Nullable List<String> roles,
            @Nullable Boolean sensitive,
            @Nullable String loginAcr,
            @Nullable Integer loginMaxAge) {

        /** Tells whether only the name was sent: the scope stays, as it is. */
        boolean changesNothing() {
            return text == null && roles == null && sensitive == null && loginAcr == null && loginMaxAge == null;
        }
    }

    /** Reads a document; nothing in it is ignored, because a misspelled {@code requiredRole} would open a server to all. */
    public static ServerDocument read(@Nullable String body) throws InvalidInput {
        JsonNode json = JsonMembers.object(body);
        JsonMembers.onlyKnown(json, MEMBERS, "");
        String uri = JsonMembers.text(json, URI, "");
        if (uri == null) {
            throw new InvalidInput(URI, "a text is expected");
        }
        String documentation = JsonMembers.text(json, DOCUMENTATION, "");
        if (documentation != null && !documentation.isEmpty() && !documentation.matches("https?://\\S+")) {
            throw new InvalidInput(DOCUMENTATION, "an http or https URL is expected");
        }
        return new ServerDocument(
                ResourceIndicator.parseAlsoPlainHttp(uri)
                        .orThrow(refusal -> new InvalidInput(URI, refusal.description()))
                        .written(),
                JsonMembers.text(json, NAME, ""),
                JsonMembers.text(json, DESCRIPTION, ""),
                documentation,
                JsonMembers.text(json, OWNER, ""),
                JsonMembers.text(json, TEAM, ""),
                sorted(JsonMembers.texts(json, ALIASES, "", "a list of URIs is expected")),
                JsonMembers.text(json, REQUIRED_ROLE, ""),
                JsonMembers.flag(json, DPOP_REQUIRED, ""),
                json.has(SCOPES) ? scopes(json.path(SCOPES)) : null);
    }

    /** A document that declares a server and says nothing about it. */
    public static ServerDocument of(String uri) {
        return new ServerDocument(uri, null, null, null, null, null, null, null, null, null);
    }

    /** The same for the administrators of a team. */
    ServerDocument withTeam(String its) {
        return new ServerDocument(
                uri, name, description, documentation, owner, its, aliases, requiredRole, dpopRequired, scopes);
    }

    private static List<OwnScope> scopes(JsonNode json) throws InvalidInput {
        if (!json.isArray()) {
            throw new InvalidInput(SCOPES, "a list is expected");
        }
        List<OwnScope> scopes = new ArrayList<>();
        for (JsonNode one : json) {
            String at = SCOPES + "[" + scopes.size() + "].";
            JsonMembers.onlyKnown(one, OF_SCOPE, at);
            String name = JsonMembers.text(one, NAME, at);
            if (name == null || !SCOPE.matcher(name).matches()) {
                throw new InvalidInput(at + NAME, "a scope has printable ASCII characters without blanks");
            }
            if (name.equals(OAuth2Constants.SCOPE_OPENID)) {
                throw new InvalidInput(at + NAME, "openid is requested at every server");
            }
            if (scopes.stream().anyMatch(scope -> scope.name().equals(name))) {
                throw new InvalidInput(at + NAME, "the scope is listed twice");
            }
            scopes.add(new OwnScope(
                    name,
                    JsonMembers.text(one, TEXT, at),
                    sorted(JsonMembers.texts(one, ROLES, at, "a list of role names is expected")),
                    JsonMembers.flag(one, SENSITIVE, at),
                    JsonMembers.text(one, LOGIN_ACR, at),
                    JsonMembers.number(one, LOGIN_MAX_AGE, at)));
        }
        return List.copyOf(scopes);
    }

    private static @Nullable List<String> sorted(@Nullable List<String> texts) {
        return texts == null ? null : texts.stream().sorted().toList();
    }
}
