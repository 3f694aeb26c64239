package io.github.keycloakmcp.rule.discovery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides what the metadata of a realm says to MCP clients. Keycloak describes the whole server, to every realm alike: what
 * some client might be allowed by some setting. Real clients take it as an offer to them. They register with every scope
 * and every grant that they find, and believe that a method that is missing is refused.
 *
 * <p>So lists are narrowed to what MCP clients may use, and completed where Keycloak leaves out what they may. Endpoints
 * and everything about ID tokens stay as they are, for the other applications of the realm; what Keycloak does not say is
 * not said here either.
 *
 * @param scopes the scopes that any MCP client may register with and ask for
 * @param servers the MCP servers to name as protected resources; empty to name none
 * @param documents whether clients may introduce themselves by a metadata document
 * @param assertions whether the realm accepts identity assertions of some issuer
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414#section-2">RFC 8414, section 2</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-4">RFC 9728, section 4</a>
 */
public record MetadataRule(Set<String> scopes, List<String> servers, boolean documents, boolean assertions) {

    /**
     * Grants that bind a token to an MCP server: for users, for devices, for machines (the MCP extension
     * oauth-client-credentials), for MCP servers that call another, and for identity assertions. With any other grant a
     * token for an MCP server is refused.
     */
    private static final Set<String> GRANTS = Set.of(
            "authorization_code",
            "refresh_token",
            "client_credentials",
            "urn:ietf:params:oauth:grant-type:device_code",
            "urn:ietf:params:oauth:grant-type:token-exchange",
            "urn:ietf:params:oauth:grant-type:jwt-bearer");

    /** How clients find out that they can bring an identity assertion (Identity Assertion JWT Authorization Grant, section 6). */
    private static final String PROFILES = "authorization_grant_profiles_supported";

    private static final String PUBLIC_CLIENT = "none";

    public MetadataRule {
        scopes = Set.copyOf(scopes);
        servers = List.copyOf(servers);
    }

    /**
     * Says it.
     *
     * @param keycloaks the members that Keycloak itself would answer
     */
    public Map<String, Object> applyTo(Map<String, Object> keycloaks) {
        Map<String, Object> said = new LinkedHashMap<>(keycloaks);
        said.computeIfPresent("scopes_supported", (name, list) -> only(scopes, list));
        said.computeIfPresent("grant_types_supported", (name, list) -> only(GRANTS, list));
        said.computeIfPresent("response_types_supported", (name, list) -> only(Set.of("code"), list));
        said.computeIfPresent("token_endpoint_auth_methods_supported", (name, list) -> withPublicClients(list));
        said.computeIfPresent("revocation_endpoint_auth_methods_supported", (name, list) -> withPublicClients(list));
        said.computeIfPresent(
                "introspection_endpoint_auth_methods_supported", (name, list) -> withoutPublicClients(list));
        said.put("code_challenge_methods_supported", List.of("S256"));
        said.put("protected_resources", servers);
        said.remove("client_id_metadata_document_supported");
        if (documents) {
            said.put("client_id_metadata_document_supported", true);
        }
        said.remove(PROFILES);
        if (assertions) {
            said.put(PROFILES, List.of("urn:ietf:params:oauth:grant-profile:id-jag"));
        }
        // RFC 8414, section 3.2: a member without values is left out.
        said.values().removeIf(value -> value instanceof Collection<?> list && list.isEmpty());
        return said;
    }

    private static List<?> only(Set<String> allowed, Object list) {
        return values(list).stream().filter(allowed::contains).toList();
    }

    private static List<?> withPublicClients(Object list) {
        List<Object> methods = new ArrayList<>(withoutPublicClients(list));
        methods.add(PUBLIC_CLIENT);
        return methods;
    }

    private static List<?> withoutPublicClients(Object list) {
        return values(list).stream()
                .filter(method -> !PUBLIC_CLIENT.equals(method))
                .toList();
    }

    private static Collection<?> values(Object list) {
        return list instanceof Collection<?> values ? values : List.of();
    }
}
