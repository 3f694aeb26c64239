package io.github.keycloakmcp.rule.cimd;

import java.util.List;

import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.fetch.PrivateHosts;
import io.github.keycloakmcp.rule.registration.TrustedHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static io.github.keycloakmcp.rule.Verdicts.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

/** Whose documents are read, and which of them may send codes to their own host. */
class DocumentSourcesTest {

    private static final String LISTED = "https://app.example.com/client";
    private static final String LISTED_PORT = "https://app.example.net:8443/client";
    private static final String OTHER = "https://other.example.org/client";
    private static final String LOOPBACK = "http://localhost:8080/client";

    @ParameterizedTest
    @CsvSource({
        "ANY, " + LISTED + ", false, LISTED",
        "ANY, " + LISTED_PORT + ", false, LISTED",
        "ANY, " + OTHER + ", false, UNVERIFIED",
        "ANY, " + OTHER + ", true, KNOWN",
        "LISTED, " + LISTED + ", false, LISTED",
        "LISTED, https://documents.corp.example/client, false, LISTED",
        "LISTED, " + OTHER + ", true, KNOWN",
        "KNOWN, " + OTHER + ", true, KNOWN"
    })
    void readsDocumentsInsideOfTheCircle(DocumentSources.From from, String url, boolean known, DocumentTrust trust) {
        assertThat(decidedBy(sources(from, false, false).judge(url(url), known)))
                .isEqualTo(trust);
    }

    @ParameterizedTest
    @CsvSource({
        "LISTED, " + OTHER + ", document-hosts",
        "NONE, " + LISTED + ", documents-from is none",
        "NONE, " + LOOPBACK + ", documents-from is none",
        "KNOWN, " + LISTED + ", documents-from",
        "KNOWN, " + OTHER + ", documents-from",
        "ANY, https://other.example.org:8443/client, 443",
        "ANY, https://app.example.com:8443/client, 443",
        "ANY, " + LOOPBACK + ", allow-loopback-documents"
    })
    void readsNoOthers(DocumentSources.From from, String url, String setting) {
        assertThat(refusalOf(sources(from, false, false).judge(url(url), false)).detail())
                .contains(setting);
    }

    /** A listed host in a private network is one host with one port, and says nothing of any other. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://documents.corp.example:8443/client",
                "https://sub.documents.corp.example/client",
                "https://documents.corp.example.evil.example/client",
                "https://evildocuments.corp.example/client",
                "https://corp.example/client",
                "https://example.com/client",
                "https://app.example.com.evil.example/client",
                "https://example.net:8443/client"
            })
    void trustsNoHostThatResemblesAListedOne(String url) {
        for (DocumentSources.From from : DocumentSources.From.values()) {
            for (boolean more : List.of(false, true)) {
                Verdict<DocumentTrust> verdict = sources(from, more, more).judge(url(url), false);
                assertThat(verdict.decided().filter(trust -> trust != DocumentTrust.UNVERIFIED))
                        .as("%s, everything else %s", from, more ? "on" : "off")
                        .isEmpty();
                assertThat(verdict instanceof Verdict.Allowed)
                        .as("%s", from)
                        .isEqualTo(from == DocumentSources.From.ANY && !url.contains(":8443"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false, LISTED, " + LISTED + ", app.example.com",
        "false, LISTED, " + LISTED_PORT + ", app.example.net:8443",
        "false, KNOWN, " + OTHER + ", other.example.org",
        "false, UNVERIFIED, " + OTHER + ",",
        "true, UNVERIFIED, " + OTHER + ", other.example.org",
        "true, UNVERIFIED, " + LOOPBACK + ","
    })
    void sendsCodesToTheDocumentsOwnHost(boolean ownHost, DocumentTrust trust, String url, String host) {
        assertThat(sources(DocumentSources.From.ANY, ownHost, true)
                        .ownHost(url(url), trust)
                        .orElse(null))
                .isEqualTo(host);
    }

    @Test
    void readsNotEvenTheDocumentOfAKnownClientWhereNoneAreAccepted() {
        DocumentSources off = sources(DocumentSources.From.NONE, true, true);
        assertThat(off.anyAccepted()).isFalse();
        assertThat(refusalOf(off.judge(url(OTHER), true)).detail()).contains("documents-from is none");
    }

    @Test
    void readsLoopbackDocumentsInDevelopment() {
        assertThat(decidedBy(sources(DocumentSources.From.KNOWN, false, true).judge(url(LOOPBACK), false)))
                .isEqualTo(DocumentTrust.UNVERIFIED);
    }

    private static DocumentSources sources(DocumentSources.From from, boolean ownHost, boolean loopback) {
        return new DocumentSources(
                from,
                List.of(new TrustedHost("app.example.com"), new TrustedHost("*.example.net:8443")),
                PrivateHosts.parse(List.of("documents.corp.example=10.1.2.3"), problem -> {}),
                ownHost,
                loopback);
    }

    private static DocumentUrl url(String url) {
        return decidedBy(DocumentUrl.parse(url));
    }
}
