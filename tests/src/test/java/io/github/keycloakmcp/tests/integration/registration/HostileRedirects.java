package io.github.keycloakmcp.tests.integration.registration;

import java.util.stream.Stream;

import static io.github.keycloakmcp.tests.integration.registration.Hostile.redirect;

/** Redirect URIs with which somebody else would get the authorization code. */
final class HostileRedirects {

    private HostileRedirects() {}

    static Stream<Hostile> rows() {
        return Stream.of(places(), spellings(), characters()).flatMap(rows -> rows);
    }

    private static Stream<Hostile> places() {
        return Stream.of(
                redirect("a host nobody trusts", "https://evil.example/cb"),
                redirect("a trusted host as a sub-domain label", "https://claude.ai.evil.example/cb"),
                redirect("a name that ends like a trusted host", "https://notclaude.ai/cb"),
                redirect("below a host that is trusted exactly", "https://x.claude.ai/cb"),
                redirect("another port of a trusted host", "https://claude.ai:8443/cb"),
                redirect("plain http", "http://example.com/cb"),
                redirect("plain http to a trusted host", "http://claude.ai/cb"),
                redirect("every path on this computer", "http://localhost/*"),
                redirect("anything", "*"),
                redirect("a relative path", "/cb"),
                redirect("no scheme", "//evil.example/cb"),
                redirect("script", "javascript:alert(1)"),
                redirect("script with an authority", "javascript://claude.ai/%0aalert(1)"),
                redirect("a document in the URI", "data:text/html,x"),
                redirect("a file", "file:///etc/passwd"),
                redirect("out of band", "urn:ietf:wg:oauth:2.0:oob"),
                redirect("an opaque private-use scheme", "com.example.app:cb"),
                redirect("a private-use scheme that is not listed", "com.example.app:/cb"),
                redirect("a private-use scheme that starts like a listed one", "cursor2://anysphere.cursor-mcp/cb"),
                redirect("a listed scheme, opaque", "cursor:cb"));
    }

    private static Stream<Hostile> spellings() {
        return Stream.of(
                redirect("a user", "https://claude.ai@evil.example/cb"),
                redirect("a user at a trusted host", "https://user:pw@claude.ai/cb"),
                redirect("a user that looks like a port", "http://localhost:8080@evil.example/cb"),
                redirect("an encoded at sign", "http://localhost:8080%40evil.example/cb"),
                redirect("a backslash", "https://claude.ai\\@evil.example/cb"),
                redirect("a homograph", "https://cl\u0430ude.ai/cb"),
                redirect("a full-width dot", "https://claude\uff0eai/cb"),
                redirect("an encoded dot in the host", "https://claude%2eai/cb"),
                redirect("an encoded dot in the path", "https://claude.ai/%2e%2e/cb"),
                redirect("an encoded slash in the path", "https://claude.ai/a%2fb"),
                redirect("dot segments", "https://claude.ai/a/../cb"),
                redirect("a trailing dot", "https://claude.ai./cb"),
                redirect("this computer with a trailing dot", "http://localhost./cb"),
                redirect("a name below localhost", "http://evil.localhost/cb"),
                redirect("a mapped IPv6 address", "http://[::ffff:127.0.0.1]/cb"),
                redirect("the IPv6 address of everything", "http://[::]/cb"),
                redirect("a decimal address", "http://2130706433/cb"),
                redirect("an octal address", "http://0177.0.0.1/cb"),
                redirect("a hexadecimal address", "http://0x7f.0.0.1/cb"),
                redirect("a short address", "http://127.1/cb"),
                redirect("the address of everything", "http://0.0.0.0/cb"),
                redirect("an IP address over https", "https://10.0.0.1/cb"),
                redirect("no authority", "https:claude.ai/cb"),
                redirect("an empty authority", "http:///cb"),
                redirect("an empty port", "http://localhost:/cb"));
    }

    private static Stream<Hostile> characters() {
        return Stream.of(
                redirect("line breaks", "http://127.0.0.1/\r\nSet-Cookie: x"),
                redirect("encoded line breaks", "http://127.0.0.1/%0d%0aSet-Cookie"),
                redirect("NUL", "http://127.0.0.1/\u0000"),
                redirect("an encoded NUL", "http://127.0.0.1/%00"),
                redirect("a fragment", "http://127.0.0.1/#f"),
                redirect("an empty fragment", "http://127.0.0.1/cb#"),
                redirect("a blank", "http://127.0.0.1/a b"),
                redirect("a tab in front", "\thttps://claude.ai/cb"),
                redirect("a right-to-left override", "http://127.0.0.1/\u202e"),
                redirect("a wildcard in the host", "https://*.claude.ai/cb"),
                redirect("a wildcard in the query", "http://127.0.0.1/?x=*"),
                redirect("a broken percent sign", "http://127.0.0.1/%zz"),
                redirect("256 characters", "http://127.0.0.1/" + "a".repeat(239)));
    }
}
