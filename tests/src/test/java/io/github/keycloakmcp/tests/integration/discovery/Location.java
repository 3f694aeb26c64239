package io.github.keycloakmcp.tests.integration.discovery;

import java.net.URI;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.HttpReply;

/** Where MCP clients look for metadata (MCP, "Authorization Server Metadata Discovery"; RFC 8414 sections 3.1 and 5). */
enum Location {
    OAUTH_INSERTED("/.well-known/oauth-authorization-server%s"),
    OPENID_INSERTED("/.well-known/openid-configuration%s"),
    OPENID_APPENDED("%s/.well-known/openid-configuration"),
    OAUTH_APPENDED("%s/.well-known/oauth-authorization-server");

    private final String path;

    Location(String path) {
        this.path = path;
    }

    /** The address for an issuer. */
    URI of(URI issuer) {
        return issuer.resolve(path.formatted(issuer.getRawPath()));
    }

    /** The answer there. */
    HttpReply read(URI issuer) {
        return Http.plain().get(of(issuer));
    }

    /** The document that clients find first. */
    static JsonNode document(URI issuer) {
        HttpReply reply = OAUTH_INSERTED.read(issuer);
        reply.expect(200);
        return reply.json();
    }
}
