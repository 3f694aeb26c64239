package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;

import io.github.keycloakmcp.rule.Refusal;

/** Whether clients that use a metadata document instead of registering can connect. */
public final class DocumentChecks {

    private DocumentChecks() {}

    /** The realm has no metadata documents. */
    public static Finding off() {
        return Finding.info(
                "documents-off",
                "metadata documents are off: the metadata does not offer them, and every client registers",
                "nothing to do; to switch them on, set documentsFrom to any, listed or known");
    }

    /** The realm reads the document of a client that it does not have. */
    public static Finding accepted(String address) {
        return Finding.info(
                "document-accepted",
                "the realm has no client " + Refusal.excerpt(address)
                        + ", and reads its metadata document when it logs in; "
                        + "registration rules apply to its redirect URIs",
                "nothing to do; if the login is refused, see the reason below");
    }

    /** The realm does not read the document of this client. */
    public static Finding refused(Refusal refusal) {
        Finding explained = RefusalExplanations.of(refusal.code());
        return Finding.error(explained.id(), refusal.detail(), explained.fix());
    }

    /**
     * Judges what came of loading the documents.
     *
     * @param unreachable the clients whose documents could not be loaded, each with its host
     * @param loaded how many documents could be read
     * @param bundled whether copies in the extension are read
     */
    public static List<Finding> of(List<String> unreachable, int loaded, boolean bundled) {
        if (unreachable.isEmpty()) {
            return loaded == 0
                    ? List.of()
                    : List.of(Finding.info(
                            "documents-loaded",
                            loaded + (loaded == 1 ? " metadata document" : " metadata documents")
                                    + " of known clients could be read",
                            "nothing to do"));
        }
        String what = "this server cannot load the metadata documents of " + String.join(", ", unreachable)
                + "; these clients use their document as soon as the metadata offers it, and do not register instead";
        return List.of(
                bundled
                        ? Finding.warning(
                                "documents-unreachable",
                                what + "; bundledDocuments has no copy of them",
                                "let this server reach the hosts (docs/cimd.md); or set documentsFrom to none, so that "
                                        + "all clients register")
                        : Finding.error(
                                "documents-unreachable",
                                what,
                                "let this server reach the hosts (docs/cimd.md); or set documentsFrom to none, so that "
                                        + "all clients register; or set bundledDocuments to true"));
    }
}
