package io.github.keycloakmcp.rule.cimd;

import java.util.List;
import java.util.Optional;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.fetch.PrivateHosts;
import io.github.keycloakmcp.rule.registration.TrustedHost;

/**
 * Decides whose metadata documents are read. A document proves where it comes from, nothing else: it says who a client is,
 * and whether its redirect URIs are trusted is another question, except for those on its own host.
 *
 * @param from how far the circle is drawn
 * @param hosts the listed hosts
 * @param privateHosts the listed hosts in private networks, with their addresses
 * @param ownHost whether hosts that are not listed may receive the codes of their own documents
 * @param loopback whether documents on this computer are read
 */
public record DocumentSources(
        From from, List<TrustedHost> hosts, PrivateHosts privateHosts, boolean ownHost, boolean loopback) {

    /** How far the circle is drawn. */
    public enum From {
        /** Any https host. */
        ANY,
        /** Listed hosts, and known clients. */
        LISTED,
        /** Known clients only. */
        KNOWN,
        /** None: the realm has no metadata documents. */
        NONE
    }

    public DocumentSources {
        hosts = List.copyOf(hosts);
    }

    /**
     * Judges where a document comes from.
     *
     * @param url its address
     * @param known whether it is the document of a known client
     */
    public Verdict<DocumentTrust> judge(DocumentUrl url, boolean known) {
        if (from == From.NONE) {
            return refused(url, "metadata documents are switched off: documents-from is none");
        }
        if (url.loopback()) {
            return loopback
                    ? Verdict.allowed(DocumentTrust.UNVERIFIED)
                    : refused(url, "allow-loopback-documents is off, and never meant for production");
        }
        boolean listed = privateHosts.contains(url.host()) || hosts.stream().anyMatch(host -> host.trusts(url.host()));
        if (known || (listed && from != From.KNOWN)) {
            return Verdict.allowed(known ? DocumentTrust.KNOWN : DocumentTrust.LISTED);
        }
        if (from != From.ANY) {
            return refused(url, "not covered by the settings documents-from and document-hosts");
        }
        return url.host().contains(":")
                ? refused(url, "another port than 443 has to be listed in document-hosts")
                : Verdict.allowed(DocumentTrust.UNVERIFIED);
    }

    /** The host to which codes may go because the document comes from there. */
    public Optional<String> ownHost(DocumentUrl url, DocumentTrust trust) {
        return !url.loopback() && (ownHost || trust != DocumentTrust.UNVERIFIED)
                ? Optional.of(url.host())
                : Optional.empty();
    }

    /** Tells whether any document is accepted, so that metadata may say so. */
    public boolean anyAccepted() {
        return from != From.NONE;
    }

    private static Verdict<DocumentTrust> refused(DocumentUrl url, String hint) {
        return Verdict.refused(InvalidDocument.client(
                RefusalCode.DOCUMENT_NOT_ACCEPTED,
                "client metadata documents from " + Refusal.excerpt(url.host()) + " are not accepted by this realm",
                hint));
    }
}
