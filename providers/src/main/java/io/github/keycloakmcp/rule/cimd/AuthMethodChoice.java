package io.github.keycloakmcp.rule.cimd;

import java.util.Collection;
import java.util.Set;

import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Decides how a client with a metadata document authenticates at the token endpoint. There is no secret that the two
 * could share, so it proves itself with a key, or not at all.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document#section-4.1">
 *     draft-ietf-oauth-client-id-metadata-document, section 4.1</a>
 * @see <a href="https://openid.net/specs/openid-connect-rp-metadata-choices-1_0.html">OpenID Connect Relying Party
 *     Metadata Choices</a>
 */
public final class AuthMethodChoice {

    /** The client is public. */
    public static final String NONE = "none";

    /** The client signs an assertion with a key of its own (RFC 7523). */
    public static final String PRIVATE_KEY = "private_key_jwt";

    private static final Set<String> POSSIBLE = Set.of(NONE, PRIVATE_KEY);

    private AuthMethodChoice() {}

    /**
     * Chooses a method.
     *
     * @param preferred {@code token_endpoint_auth_method}, which counts where it is possible here: no answer tells the
     *     client that another was chosen
     * @param supported {@code token_endpoint_auth_methods_supported}; a client that may come without proof is public,
     *     since nothing tells which one it will use
     */
    public static Verdict<String> of(@Nullable String preferred, Collection<String> supported) {
        if (preferred != null && POSSIBLE.contains(preferred)) {
            return Verdict.allowed(preferred);
        }
        if (supported.contains(NONE) || (preferred == null && supported.isEmpty())) {
            return Verdict.allowed(NONE);
        }
        return supported.contains(PRIVATE_KEY)
                ? Verdict.allowed(PRIVATE_KEY)
                : Verdict.refused(InvalidDocument.metadata(
                        RefusalCode.DOCUMENT_AUTH_METHOD_REFUSED,
                        "token_endpoint_auth_method must be none or private_key_jwt in a metadata document",
                        "authentication method with a shared secret, or unknown"));
    }
}
