package io.github.keycloakmcp.rule.cimd;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.registration.KnownClients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A copy stands in for the one document at its vendor's address, and for no other. */
class BundledDocumentsTest {

    @ParameterizedTest
    @MethodSource("others")
    void thereIsNoCopyOfADocumentElsewhere(UnaryOperator<String> other) {
        assertThat(BundledDocuments.urls()).hasSizeGreaterThan(5).allSatisfy(url -> {
            assertThat(BundledDocuments.at(other.apply(url)))
                    .as(other.apply(url))
                    .isEmpty();
            assertThat(BundledDocuments.at(url)).isPresent();
        });
    }

    static Stream<UnaryOperator<String>> others() {
        return Stream.of(
                url -> url + "/",
                url -> url + "?v=1",
                url -> url + "#x",
                url -> url + "2",
                url -> url.replace("https", "http"),
                url -> url.replace("https", "HTTPS"),
                url -> url.replaceFirst("(?<=\\w)/", ":443/"),
                url -> url.replaceFirst("(?<=\\w)/", "./"),
                url -> url.replaceFirst("(?<=\\w)/", ".evil.example/"),
                url -> url.replaceFirst("(?<=\\w)/", "/./"),
                url -> url.replace("://", "://www."),
                url -> url.replace("://", "://user@"),
                url -> "https://evil.example/?" + url);
    }

    @Test
    void eachCopyIsTheDocumentOfAKnownClientAndNamesItsOwnAddress() {
        assertThat(BundledDocuments.urls()).allSatisfy(url -> {
            assertThat(KnownClients.byDocument(url)).isPresent();
            assertThat(BundledDocuments.at(url).orElseThrow())
                    .containsPattern("\"client_id\"\\s*:\\s*\"\\Q" + url + "\\E\"");
        });
    }
}
