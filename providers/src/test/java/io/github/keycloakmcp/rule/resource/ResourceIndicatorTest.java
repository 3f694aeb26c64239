package io.github.keycloakmcp.rule.resource;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.keycloakmcp.rule.Verdicts.assertRefused;
import static io.github.keycloakmcp.rule.Verdicts.decidedBy;
import static org.assertj.core.api.Assertions.assertThat;

/** Which spellings of a server are equal, and what is no server at all. */
class ResourceIndicatorTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    https://api.example                   | https://api.example
                    https://api.example/                  | https://api.example
                    HTTPS://API.Example:443/              | https://api.example
                    https://api.example:443/mcp           | https://api.example/mcp
                    https://api.example:/mcp              | https://api.example/mcp
                    https://api.example:0443/mcp          | https://api.example/mcp
                    https://api.example:0/mcp             | https://api.example:0/mcp
                    https://api.example:8443/mcp          | https://api.example:8443/mcp
                    https://api.example:80/mcp            | https://api.example:80/mcp
                    https://api.example/mcp/              | https://api.example/mcp/
                    https://api.example//                 | https://api.example//
                    https://api.example/MCP               | https://api.example/MCP
                    https://api.example/a/../mcp          | https://api.example/a/../mcp
                    https://api.example/a%2Fb             | https://api.example/a%2Fb
                    https://api.example/a%2fb             | https://api.example/a%2fb
                    https://api.example./mcp              | https://api.example./mcp
                    https://xn--e1afmkfd.example/mcp      | https://xn--e1afmkfd.example/mcp
                    https://192.0.2.1/mcp                 | https://192.0.2.1/mcp
                    https://[2001:DB8::1]:443/mcp         | https://[2001:db8::1]/mcp
                    https://localhost:3001/mcp            | https://localhost:3001/mcp
                    http://localhost/mcp                  | http://localhost/mcp
                    http://LOCALHOST:80/mcp               | http://localhost/mcp
                    http://localhost:443/mcp              | http://localhost:443/mcp
                    http://traces.amp.localhost:11080/    | http://traces.amp.localhost:11080
                    http://127.0.0.1:3001/mcp             | http://127.0.0.1:3001/mcp
                    http://[::1]:3001/mcp                 | http://[::1]:3001/mcp
                    https://api.example/mcp;v=1/(x),!*'$& | https://api.example/mcp;v=1/(x),!*'$&
                    """, quoteCharacter = '"')
    void comparesByCanonicalForm(String written, String canonical) {
        ResourceIndicator indicator = decidedBy(ResourceIndicator.parse(written));
        assertThat(indicator.canonical()).isEqualTo(canonical);
        assertThat(indicator.written()).isEqualTo(written);
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("", "1 to 2000 characters"),
                Arguments.of("https://api.example/" + "x".repeat(1981), "1 to 2000 characters"),
                Arguments.of(" https://api.example/mcp", "not allowed in a URI"),
                Arguments.of("https://api.example/mcp\n", "not allowed in a URI"),
                Arguments.of("https://api.example/m\r\ncp", "not allowed in a URI"),
                Arguments.of("https://api.example/m\u0000cp", "not allowed in a URI"),
                Arguments.of("https://api.example/m\u007fcp", "not allowed in a URI"),
                Arguments.of("https://api.example\\mcp", "not allowed in a URI"),
                Arguments.of("https://api.example/\"", "not allowed in a URI"),
                Arguments.of("https://api.example/<mcp>", "not allowed in a URI"),
                Arguments.of("https://\u0430pi.example/mcp", "not allowed in a URI"),
                Arguments.of("https://api.example/m\u202ecp", "not allowed in a URI"),
                Arguments.of("[\"https://a.example\",\"https://b.example\"]", "not allowed in a URI"),
                Arguments.of("/mcp", "absolute URI with a host"),
                Arguments.of("mcp", "absolute URI with a host"),
                Arguments.of("//api.example/mcp", "absolute URI with a host"),
                Arguments.of("api.example:443", "absolute URI with a host"),
                Arguments.of("https:/mcp", "absolute URI with a host"),
                Arguments.of("https:///mcp", "absolute URI with a host"),
                Arguments.of("urn:example:mcp", "absolute URI with a host"),
                Arguments.of("javascript:alert(1)", "absolute URI with a host"),
                Arguments.of("https://api_server/mcp", "underscore"),
                Arguments.of("https://_api/mcp", "underscore"),
                Arguments.of("https://my_server.example.com/mcp", "underscore"),
                Arguments.of("https://*.example.com/mcp", "wildcard"),
                Arguments.of("https://gw.example.com/*", "wildcard"),
                Arguments.of("https://gw.example.com/*/mcp", "wildcard"),
                Arguments.of("https://gw.example.com/**", "wildcard"),
                Arguments.of("https://api.example%2eevil.example/mcp", "absolute URI with a host"),
                Arguments.of("https://api.example:port/mcp", "absolute URI with a host"),
                Arguments.of("https://", "not a valid URI"),
                Arguments.of("https:", "not a valid URI"),
                Arguments.of("https://[::1/mcp", "not a valid URI"),
                Arguments.of("https://api.example/%zz", "not a valid URI"),
                Arguments.of("1https://api.example", "not a valid URI"),
                Arguments.of("https://api.example/mcp#", "not have a query or a fragment"),
                Arguments.of("https://api.example/mcp#part", "not have a query or a fragment"),
                Arguments.of("https://api.example/mcp?", "not have a query or a fragment"),
                Arguments.of("https://api.example/mcp?a=b", "not have a query or a fragment"),
                Arguments.of("https://alice@api.example/mcp", "contain a user name"),
                Arguments.of("https://alice:secret@api.example/mcp", "contain a user name"),
                Arguments.of("https://api.example@evil.example/mcp", "contain a user name"),
                Arguments.of("http://api.example/mcp", "must use https"),
                Arguments.of("http://localhost.evil.example/mcp", "must use https"),
                Arguments.of("http://localhost./mcp", "must use https"),
                Arguments.of("http://evillocalhost/mcp", "must use https"),
                Arguments.of("http://a.localhost.evil.example/mcp", "must use https"),
                Arguments.of("http://0177.0.0.1/mcp", "must use https"),
                Arguments.of("http://10.0.0.1/mcp", "must use https"),
                Arguments.of("http://[::2]/mcp", "must use https"),
                Arguments.of("ftp://api.example/mcp", "must use https"),
                Arguments.of("ws://localhost/mcp", "must use https"),
                Arguments.of("file://localhost/etc/passwd", "must use https"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesWhatCannotBeMatchedSafely(String written, String problem) {
        assertRefused(ResourceIndicator.parse(written), "invalid_target", problem);
    }

    @Test
    void acceptsALongUriUpToTheLimit() {
        String longest = "https://api.example/" + "x".repeat(ResourceIndicator.MAX_LENGTH - 20);
        assertThat(decidedBy(ResourceIndicator.parse(longest)).canonical()).isEqualTo(longest);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example/mcp, https://api.example/mcp, true",
        "https://api.example/mcp, HTTPS://API.example:443/mcp/, true",
        "https://api.example/mcp/, https://api.example/mcp, true",
        "https://api.example, https://api.example/, true",
        "https://api.example/mcp, https://api.example/mcp//, false",
        "https://api.example/mcp, https://api.example/MCP, false",
        "https://api.example/mcp, https://api.example, false",
        "https://api.example/mcp, https://api.example:8443/mcp, false",
        "https://localhost/mcp, http://localhost/mcp, false"
    })
    void knowsAnotherSpellingOfItselfEitherWay(String one, String other, boolean same) {
        ResourceIndicator first = decidedBy(ResourceIndicator.parse(one));
        ResourceIndicator second = decidedBy(ResourceIndicator.parse(other));
        assertThat(first.names(second)).isEqualTo(same);
        assertThat(second.names(first)).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example/mcp, https://api.example/mcp/",
        "https://api.example/mcp/, https://api.example/mcp",
        "https://api.example, https://api.example/"
    })
    void togglesTheTrailingSlash(String written, String toggled) {
        assertThat(decidedBy(ResourceIndicator.parse(written)).canonicalWithSlashToggled())
                .isEqualTo(toggled);
    }
}
