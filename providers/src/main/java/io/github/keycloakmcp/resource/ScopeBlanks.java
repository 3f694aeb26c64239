package io.github.keycloakmcp.resource;

import java.net.URI;

import io.github.keycloakmcp.platform.ActiveExecutors;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.rule.resource.ScopeParameter;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;

/** Sends a browser that requests a {@code scope} with surplus blanks to the same request without them. */
final class ScopeBlanks {

    private static final String ENDPOINT = "/protocol/openid-connect/auth";

    private ScopeBlanks() {}

    static void forgive(KeycloakSession session) {
        URI request = session.getContext().getUri().getRequestUri();
        String query = request.getRawQuery();
        if (query == null
                || !request.getPath().endsWith(ENDPOINT)
                || !HttpMethod.GET.equals(session.getContext().getHttpRequest().getHttpMethod())) {
            return;
        }
        ScopeParameter.tidied(query)
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
}
