package io.github.keycloakmcp.tests.integration.registration;

import java.net.URI;

import io.github.keycloakmcp.tests.server.McpRealm;

/** Where a client manages its registration (RFC 7592), for clients that no registration has told so. */
final class ManagedAt {

    private ManagedAt() {}

    /** @param clientId as it stands in a path */
    static URI of(McpRealm realm, String clientId) {
        return URI.create(realm.issuer() + "/clients-registrations/openid-connect/" + clientId);
    }
}
