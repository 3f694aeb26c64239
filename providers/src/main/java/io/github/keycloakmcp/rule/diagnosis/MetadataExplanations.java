package io.github.keycloakmcp.rule.diagnosis;

import static io.github.keycloakmcp.rule.diagnosis.Explanation.error;
import static io.github.keycloakmcp.rule.diagnosis.Explanation.warning;

/** Explains why client metadata was refused, whether registered, published as a document or written by an administrator. */
final class MetadataExplanations {

    private static final String VENDOR = "the vendor of the client has to correct this; no setting allows it";

    static final Explanation TOO_LONG = error("client metadata was longer than 64 KiB", VENDOR);

    static final Explanation NOT_JSON = error("a client sent metadata that is not one JSON object", VENDOR);

    static final Explanation MALFORMED = error(
            "a member of the client metadata has the wrong JSON type, such as a number in place of a text",
            "the reason names the member; " + VENDOR);

    static final Explanation INCONSISTENT = error(
            "authentication method, grant types, response types and keys in the client metadata contradict one another",
            VENDOR);

    static final Explanation NAME_REFUSED =
            error("client_name is too long, or has characters that are not visible on the consent page", VENDOR);

    static final Explanation NAME_TAKEN = warning(
            "a client used the name of a known client, with redirect URIs on another host",
            "if it is an imitation, nothing; if it is yours, give it another client_name; name the host of a product that you "
                    + "run yourself in knownClients, for example n8n=automation.example.com");

    static final Explanation CLIENT_URI_REFUSED = error(
            "a URI in the client metadata is not an https address, or is on a host that this server must not call",
            "the reason names the member; add the host of jwks_uri to trustedHosts if you trust it");

    static final Explanation GRANT_TYPES_REFUSED = error(
            "a client requested grant types or response types that a self-registered client cannot have",
            "the client has to register authorization_code with the response type code; a client for "
                    + "client_credentials has to be created by an administrator");

    static final Explanation IMPLICIT_FLOW_REFUSED = error(
            "an administrator's client with an MCP scope uses the implicit flow",
            "switch off the implicit flow and use the standard flow, or remove the MCP scope from the client");

    static final Explanation REDIRECT_MALFORMED = error(
            "a redirect URI of a client is malformed or ambiguous, such as one with a wildcard or a fragment",
            "the client has to use plain redirect URIs; no setting allows others");

    static final Explanation REDIRECT_COUNT_REFUSED = error("a client has no redirect URI, or more than 20", VENDOR);

    static final Explanation REDIRECT_HOST_NOT_TRUSTED = error(
            "a client has a redirect URI on a host that the realm does not trust",
            "if the client is yours or its vendor's, add the host to trustedHosts, or the vendor to knownClients");

    static final Explanation REDIRECT_LOOPBACK_NOT_ALLOWED = error(
            "a program on a user's computer registered, and the realm does not allow loopback redirect URIs",
            "switch on allowLoopback");

    static final Explanation REDIRECT_SCHEME_NOT_ALLOWED = error(
            "a client has a redirect URI with a private-use scheme that the realm does not allow",
            "if the client is yours or its vendor's, add the scheme to privateUseSchemes");

    static final Explanation REDIRECT_SCHEME_DANGEROUS = error(
            "a redirect URI has a scheme that runs code or opens files",
            "use https, a loopback address or a private-use scheme; no setting allows this one");

    static final Explanation REDIRECT_WITHDRAWN = error(
            "a client lost the redirect URI of a login while the user was logging in",
            "nothing, if the vendor or an administrator removed the URI; the user logs in again");

    private MetadataExplanations() {}
}
