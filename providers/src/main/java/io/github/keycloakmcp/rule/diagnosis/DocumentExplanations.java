package io.github.keycloakmcp.rule.diagnosis;

import static io.github.keycloakmcp.rule.diagnosis.Explanation.error;

/** Explains why a client with a metadata document was refused, where that is about the document. */
final class DocumentExplanations {

    static final Explanation ADDRESS_REFUSED = error(
            "a client_id that is a URL is not the address of a metadata document",
            "the reason names the rule: the address has to be https, with a path, on a public domain name");

    static final Explanation NOT_ACCEPTED = error(
            "the realm does not accept metadata documents from this host",
            "if you trust the host, add it to documentHosts, or set documentsFrom to any; if documentsFrom is none, the client "
                    + "has to register");

    static final Explanation UNREADABLE = error(
            "a metadata document could not be loaded; the CLIENT_REGISTER_ERROR of the same time says why",
            "let this server reach public https addresses, or choose documentsFrom none or bundledDocuments "
                    + "(docs/cimd.md); or let the vendor correct the document");

    static final Explanation HOLDS_SECRET = error(
            "a metadata document, which is public, contains a client secret or a private key",
            "the vendor has to remove it from the document, and to replace the key or secret");

    static final Explanation KEYS_REFUSED = error(
            "a metadata document uses private_key_jwt without keys, or with both jwks and jwks_uri",
            "the vendor has to publish the keys in one of the two");

    static final Explanation AUTH_METHOD_REFUSED = error(
            "a metadata document uses an authentication method with a shared secret",
            "the vendor has to use none or private_key_jwt; or register the client by hand, with a secret");

    private DocumentExplanations() {}
}
