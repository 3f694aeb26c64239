package io.github.keycloakmcp.resource;

import java.net.URI;
import java.util.List;

import io.github.keycloakmcp.platform.ActiveExecutors;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.platform.ServerCatalogue;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.resource.McpServer;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ScopeParameter;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;

/**
 * Sends a browser to the same request without what Keycloak would refuse and no client means: surplus blanks in
 * {@code scope}, a {@code resource} without a value, and the query of a resource where the server is set to ignore it.
 */
final class ScopeBlanks {

    private static final String ENDPOINT = "/protocol/openid-connect/auth";

    private ScopeBlanks() {}

    static void forgive(KeycloakSession session) {
        if (!HttpMethod.GET.equals(session.getContext().getHttpRequest().getHttpMethod())) {
            return;
        }
        URI request = session.getContext().getUri().getRequestUri();
        String query = request.getRawQuery();
        if (query == null || !request.getPath().endsWith(ENDPOINT)) {
            return;
        }
        ScopeParameter.tidied(query, resource -> withoutQuery(session, resource))
                .filter(tidied -> ActiveExecutors.in(session).contain(ProviderIds.RESOURCE))
                .ifPresent(tidied -> {
                    // With an entity, or Keycloak's error handler would make an error page of it; with its type, or its
                    // security headers would refuse it.
                    throw new WebApplicationException(Response.status(Response.Status.FOUND)
                            .location(URI.create(request.toString()
                                            .substring(0, request.toString().indexOf('?') + 1)
                                    + tidied))
                            .header(HttpHeaders.CACHE_CONTROL, "no-store")
                            .type(MediaType.TEXT_PLAIN_TYPE)
                            .entity("")
                            .build());
                });
    }

    /** Keycloak refuses a query itself, before anything of this extension is asked. */
    private static String withoutQuery(KeycloakSession session, String resource) {
        return resource.contains("?")
                        && ServerCatalogue.of(
                                        session,
                                        session.getContext()
                                                .getRealm()
                                                .getClientScopesStream()
                                                .flatMap(ClientScopeModel::getProtocolMappersStream),
                                        List.of(resource))
                                instanceof Verdict.Allowed<McpServers> servers
                        && servers.value().find(resource) instanceof Verdict.Allowed<McpServer> found
                ? found.value().uri()
                : resource;
    }
}
