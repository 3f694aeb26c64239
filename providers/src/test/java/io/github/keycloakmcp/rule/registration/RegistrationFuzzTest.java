package io.github.keycloakmcp.rule.registration;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import io.github.keycloakmcp.rule.Fuzz;
import io.github.keycloakmcp.rule.Loopback;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.cimd.DocumentUrl;
import io.github.keycloakmcp.rule.resource.ResourceIndicator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The parsers of what a stranger writes into a registration, an authorization request or a header field. */
class RegistrationFuzzTest {

    private static final List<String> ADDRESSES = List.of(
            "https://vscode.dev/redirect?a=b&c=%20",
            "https://user@evil.example:0443/../cb#x",
            "http://127.0.0.1:33418/callback",
            "http://[::1]:80/cb",
            "cursor://anysphere.cursor-mcp/oauth/callback",
            "com.example.app:/oauth",
            "javascript:alert(1)",
            "https://xn--vscde-jua.dev./%2e%2e/\\a");

    @Test
    void aRedirectUriIsReadAsWrittenAndByTheJdkInTheSameWay() {
        Fuzz.run(
                "redirect-uri",
                ADDRESSES,
                input -> Fuzz.kind(RedirectUri.parse(input), read -> {
                    URI uri = URI.create(input);
                    assertThat(read.value()).isEqualTo(input);
                    assertThat(input).matches("[!-~]{1,255}").doesNotContain("*", "#", "\\");
                    assertThat(read.scheme()).isEqualTo(uri.getScheme().toLowerCase(Locale.ROOT));
                    assertThat(uri.getRawUserInfo()).isNull();
                    if (read.kind() != RedirectUri.Kind.PRIVATE_USE) {
                        String host = uri.getHost().toLowerCase(Locale.ROOT);
                        assertThat(read.host()).startsWith(host);
                        assertThat(read.kind() == RedirectUri.Kind.LOOPBACK
                                        || !read.scheme().equals("http"))
                                .as("http leads to this computer only")
                                .isTrue();
                        assertThat(read.kind() == RedirectUri.Kind.LOOPBACK)
                                .as("https on this computer is a web site as any other: a host that has to be trusted")
                                .isEqualTo(Loopback.isLoopback(host)
                                        && read.scheme().equals("http"));
                    }
                    return read.kind() + (uri.getRawQuery() == null ? "" : " query")
                            + (uri.getPort() < 0 ? "" : " port") + " "
                            + uri.getRawPath().length() / 20;
                }));
    }

    @Test
    void aDocumentUrlIsAWebAddressWithAPathOnAFullDomain() {
        Fuzz.run(
                "document-url",
                ADDRESSES,
                input -> Fuzz.kind(DocumentUrl.parse(input), read -> {
                    assertThat(DocumentUrl.isMeant(input)).isTrue();
                    assertThat(read.value()).isEqualTo(input);
                    assertThat(read.uri().getRawPath()).startsWith("/");
                    assertThat(read.uri().getScheme().equalsIgnoreCase("https") || read.loopback())
                            .isTrue();
                    assertThat(read.loopback() || read.host().matches("(?s).*\\.[a-z][a-z0-9-]*[a-z0-9](:\\d+)?"))
                            .as(read.host())
                            .isTrue();
                    assertThat(read.servesKeysOf(read)).isInstanceOf(Verdict.Allowed.class);
                    return read.loopback() + " " + read.host().length() / 10
                            + (read.uri().getPort() < 0 ? "" : " port");
                }));
    }

    @Test
    void aResourceHasOneCanonicalForm() {
        Fuzz.run(
                "resource",
                List.of(
                        "https://mcp.example.com/mcp",
                        "HTTPS://MCP.example.com:443/mcp/",
                        "http://localhost:3001/mcp?x=1#y",
                        "https://user@a_b.example/%7Emcp/../*",
                        "urn:example:mcp"),
                input -> Fuzz.kind(ResourceIndicator.parse(input), read -> {
                    assertThat(read.written()).isEqualTo(input);
                    assertThat(ResourceIndicator.parse(read.canonical()))
                            .isInstanceOfSatisfying(
                                    Verdict.Allowed.class,
                                    again -> assertThat(((ResourceIndicator) again.value()).canonical())
                                            .isEqualTo(read.canonical()));
                    URI uri = URI.create(read.canonical());
                    assertThat(uri.getRawFragment()).isNull();
                    assertThat(uri.getRawUserInfo()).isNull();
                    return uri.getScheme() + (uri.getPort() < 0 ? "" : " port") + " "
                            + uri.getRawPath().length() / 20;
                }));
    }

    @Test
    void aSenderIsOneOrTwoAndNeverLookedUp() {
        Fuzz.run(
                "sender",
                List.of(
                        "203.0.113.7|203.0.113.7, 198.51.100.1|for=203.0.113.7;proto=https, for=\"[2001:db8::1]:80\"",
                        "::1|::1,fe80::1%eth0,999.1.1.1|",
                        "2001:db8:1:2::1|unknown, _hidden|for=_secret"),
                input -> {
                    String[] parts = input.split("\\|", 3);
                    SenderPath path = SenderPath.of(
                            parts[0],
                            parts.length > 1 ? List.of(parts[1]) : List.of(),
                            parts.length > 2 ? List.of(parts[2]) : List.of());
                    assertThat(path.counted()).hasSizeBetween(1, 2).allMatch(sender -> sender.length() <= 40);
                    assertThat(path.hops()).hasSizeLessThan(50);
                    return path.hops().size() + " " + path.counted().size() + " "
                            + path.hops().stream()
                                    .map(hop -> hop.address() == null
                                            ? "?"
                                            : Integer.toString(hop.address().getAddress().length))
                                    .distinct()
                                    .toList();
                });
    }

    @Test
    void aNameHasOneSkeletonAndAKnownOneStaysKnownWithPraise() {
        Fuzz.run(
                "name",
                List.of(
                        "Claude",
                        "C\u0430l\u0430ude \u2713 verified",
                        "GitHub\u3164Copilot\u2122",
                        "VS\u200bCode (official)",
                        "\u202emcp"),
                input -> {
                    String skeleton = NameSkeleton.of(input);
                    if (skeleton.codePointCount(0, skeleton.length()) <= NameSkeleton.MAX_NAME) {
                        assertThat(NameSkeleton.of(skeleton))
                                .as("a skeleton that is longer than a name, by letters that stand for two, is cut")
                                .isEqualTo(skeleton);
                    }
                    if (input.length() < NameSkeleton.MAX_NAME / 2
                            && KnownClients.byName(input).isPresent()) {
                        assertThat(KnownClients.byName(input + "\u2122 verified"))
                                .isPresent();
                    }
                    return KnownClients.byName(input).map(KnownClient::name).orElse("none") + " "
                            + skeleton.getBytes(StandardCharsets.UTF_8).length / 8 + " "
                            + NameSkeleton.all(input).size();
                });
    }
}
