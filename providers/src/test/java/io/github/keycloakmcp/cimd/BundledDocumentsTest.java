package io.github.keycloakmcp.cimd;

import java.util.Collection;

import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.cimd.BundledDocuments;
import io.github.keycloakmcp.rule.cimd.DocumentUrl;
import io.github.keycloakmcp.rule.registration.KnownClients;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.representations.oidc.OIDCClientRepresentation;

import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static org.assertj.core.api.Assertions.assertThat;

/** Each bundled copy is a document that the extension would accept from its vendor. */
class BundledDocumentsTest {

    @ParameterizedTest
    @MethodSource("urls")
    void isTheReadableDocumentOfAKnownClient(String url) {
        assertThat(KnownClients.byDocument(url)).isPresent();
        Verdict<OIDCClientRepresentation> read = DocumentReader.read(
                decidedBy(DocumentUrl.parse(url)), BundledDocuments.at(url).orElseThrow());
        OIDCClientRepresentation client = decidedBy(read);
        assertThat(client.getTokenEndpointAuthMethod()).isEqualTo("none");
        assertThat(KnownClients.byName(client.getClientName())).isEqualTo(KnownClients.byDocument(url));
    }

    static Collection<String> urls() {
        return BundledDocuments.urls();
    }
}
