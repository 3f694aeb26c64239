package io.github.keycloakmcp.admin.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.KeycloakSession;

/**
 * The admin page: three files that are the same for everybody. It knows nothing by itself; what it shows it asks Admin REST
 * for, with the token that the administrator's own login gives it.
 *
 * <p>It is not there unless an administrator has switched it on, which makes its client. Its content security policy lets
 * it load these three files and call this server, and nothing else; no page may frame it.
 */
public final class PageFiles {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    private static final String INDEX = "index.html";

    private static final Map<String, String> FILES = Map.of(
            INDEX,
            "text/html; charset=utf-8",
            "page.js",
            "text/javascript; charset=utf-8",
            "page.css",
            "text/css; charset=utf-8");

    private final KeycloakSession session;

    PageFiles(KeycloakSession session) {
        this.session = session;
    }

    /** The page; its files have relative addresses, so it has to be asked for with a slash at the end. */
    @GET
    public Response page() {
        URI asked = session.getContext().getUri().getRequestUri();
        return asked.getRawPath().endsWith("/")
                ? file(INDEX)
                : Response.seeOther(URI.create(asked.getRawPath() + "/")).build();
    }

    @GET
    @Path("{file}")
    public Response file(@PathParam("file") String file) {
        String type = FILES.get(file);
        if (type == null || !AdminPageClient.isOn(session.getContext().getRealm())) {
            throw new NotFoundException();
        }
        session.getProvider(SecurityHeadersProvider.class).options().skipHeaders();
        return Response.ok(read(file))
                .header(HttpHeaders.CONTENT_TYPE, type)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer")
                .build();
    }

    private static byte[] read(String file) {
        try (InputStream stream = Objects.requireNonNull(PageFiles.class.getResourceAsStream(file), file)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
