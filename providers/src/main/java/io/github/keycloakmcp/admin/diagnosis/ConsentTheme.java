package io.github.keycloakmcp.admin.diagnosis;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;

import org.keycloak.models.KeycloakSession;
import org.keycloak.theme.Theme;

/** The login theme of a realm, as far as the consent page goes: ours, one that inherits it, or one that includes its page. */
final class ConsentTheme {

    private static final String PAGE = "login-oauth-grant.ftl";
    private static final String OURS = "mcp-consent.ftl";

    private ConsentTheme() {}

    static boolean hasConsentPage(KeycloakSession session) {
        try {
            URL page = session.theme().getTheme(Theme.Type.LOGIN).getTemplate(PAGE);
            if (page == null) {
                return false;
            }
            try (InputStream text = page.openStream()) {
                return new String(text.readAllBytes(), StandardCharsets.UTF_8).contains(OURS);
            }
        } catch (IOException e) {
            return false;
        }
    }
}
