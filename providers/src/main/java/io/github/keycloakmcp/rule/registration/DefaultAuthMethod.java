package io.github.keycloakmcp.rule.registration;

import java.util.List;

import io.github.keycloakmcp.rule.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Decides how a client authenticates at the token endpoint that does not say. RFC 7591 gives it a secret, and for a
 * program on the user's computer that is a secret which everybody has who has the program: such a client is public.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7591#section-2">RFC 7591, section 2</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8252#section-8.5">RFC 8252, section 8.5</a>
 */
public final class DefaultAuthMethod {

    /** The client is public. */
    public static final String NONE = "none";

    /** The client has a secret, which is what RFC 7591 means where nothing is said. */
    public static final String SECRET = "client_secret_basic";

    private static final String NATIVE = "native";
    private static final String WEB = "web";

    private DefaultAuthMethod() {}

    /**
     * The {@code token_endpoint_auth_method} of a client that names none.
     *
     * @param applicationType its {@code application_type} (OpenID Connect Registration section 2), which decides where
     *     it says {@code native} or {@code web}; clients that say nothing are told by where their codes go
     * @param redirectUris its {@code redirect_uris}
     */
    public static String of(@Nullable String applicationType, List<String> redirectUris) {
        if (NATIVE.equals(applicationType)) {
            return NONE;
        }
        boolean local = !redirectUris.isEmpty() && redirectUris.stream().allMatch(DefaultAuthMethod::isLocal);
        return local && !WEB.equals(applicationType) ? NONE : SECRET;
    }

    private static boolean isLocal(String uri) {
        return RedirectUri.parse(uri) instanceof Verdict.Allowed<RedirectUri> allowed
                && allowed.value().kind() != RedirectUri.Kind.HTTPS;
    }
}
