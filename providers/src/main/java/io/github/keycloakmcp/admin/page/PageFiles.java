package io.github.keycloakmcp.admin.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.keycloak.common.Version;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The files of the admin page, which are the same for everybody. The page knows nothing by itself; what it shows it requests
 * from Admin REST, with the token of the administrator's own login.
 *
 * <p>It is not there unless an administrator has switched it on, which makes its client. Its content security policy lets it
 * load its own files and Keycloak's style sheet, and call this server under its two names, and nothing else; no page may
 * frame it.
 */
public final class PageFiles {

    /** PatternFly has small pictures in its style sheet, as {@code data:} addresses. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
            + "img-src 'self' data:; connect-src %s; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'";

    private static final String INDEX = "index.html";
    private static final String SETTINGS = "settings.json";

    /** Where the theme of Keycloak's login pages has PatternFly, in all supported versions. */
    private static final String RESOURCES = "../../../resources/%s/common/keycloak";

    private static final String HTML = "text/html; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    private static final Map<String, String> FILES = Map.of(
            "page.css",
            "text/css; charset=utf-8",
            "dark.js",
            SCRIPT,
            "page.js",
            SCRIPT,
            "session.js",
            SCRIPT,
            "elements.js",
            SCRIPT,
            "diagnosis.js",
            SCRIPT,
            "servers.js",
            SCRIPT,
            "clients.js",
            SCRIPT,
            "approvals.js",
            SCRIPT);

    private final KeycloakSession session;

    PageFiles(KeycloakSession session) {
        this.session = session;
    }

    /** The page. Its files have relative addresses, and its login returns to one address only. */
    @GET
    public Response page() {
        PageSettings settings = PageSettings.of(session);
        URI asked = session.getContext().getUri().getRequestUri();
        if (!asked.getRawPath().endsWith("/") || settings.isElsewhere(asked)) {
            return Response.seeOther(settings.page()).build();
        }
        RealmModel realm = session.getContext().getRealm();
        return answer(
                HTML,
                new String(read(INDEX), StandardCharsets.UTF_8)
                        .replace("${language}", settings.tag())
                        .replace("${dark}", Boolean.toString(realm.getAttribute("darkMode", true)))
                        .replace("${resources}", RESOURCES.formatted(Version.RESOURCES_VERSION))
                        .getBytes(StandardCharsets.UTF_8));
    }

    @GET
    @Path("{file}")
    public Response file(@PathParam("file") String file) {
        if (file.equals(SETTINGS)) {
            return answer(
                    "application/json",
                    PageSettings.of(session).json().toString().getBytes(StandardCharsets.UTF_8));
        }
        String type = FILES.get(file);
        if (type == null) {
            throw new NotFoundException();
        }
        return answer(type, read(file));
    }

    private Response answer(String type, byte[] content) {
        if (!AdminPageClient.isOn(session.getContext().getRealm())) {
            throw new NotFoundException();
        }
        session.getProvider(SecurityHeadersProvider.class).options().skipHeaders();
        return Response.ok(content)
                .header(HttpHeaders.CONTENT_TYPE, type)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(
                        "Content-Security-Policy",
                        POLICY.formatted(PageSettings.of(session).callable()))
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
