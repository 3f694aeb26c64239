package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;

import static io.github.keycloakmcp.rule.diagnosis.RefusalExplanation.error;

/** Why a client with a metadata document was not let in, and what it has in common with one that registers. */
final class DocumentExplanations {

    static final List<RefusalExplanation> ALL = List.of(
            error(
                    event -> event.says("are not accepted here"),
                    "document-not-accepted",
                    "the host of a metadata document is not one from which documents are read",
                    "if it is trusted, add it to documentHosts, or set documentsFrom to any"),
            error(
                    event -> event.says("its description at"),
                    "document-unreadable",
                    "a metadata document cannot be read from here; the CLIENT_REGISTER_ERROR of the same time says why",
                    "let this server reach public https addresses (docs/cimd.md), or let the vendor correct the document"),
            error(
                    event -> event.says("the client_id of this application"),
                    "document-address-refused",
                    "a client_id that is a URL is no address of a metadata document",
                    "the reason names the rule; the address has to be https, with a path, on a public domain name"),
            error(
                    event -> event.is("invalid_client_metadata"),
                    "metadata-refused",
                    "a client asked to be something that MCP clients must not be",
                    "the reason names the member; docs/registration.md says what is accepted"),
            error(
                    event -> event.is("client_not_found") || event.says("no client of this realm has"),
                    "client-unknown",
                    "a client uses a client_id that the realm does not know, or no more",
                    "remove the login in the client, so that it registers again; an id that is a URL needs metadata "
                            + "documents switched on"));

    private DocumentExplanations() {}
}
