package io.github.keycloakmcp.cimd;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.github.keycloakmcp.platform.ClientAttributes;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;

/**
 * What the realm remembers of a client whose {@code client_id} is a URL.
 *
 * @param ours whether it came by its document; others are administrators' clients that happen to be named so
 * @param expires until when the document counts, in seconds since 1970
 * @param conditions header fields that ask whether the document has changed since
 */
record StoredDocument(boolean ours, int expires, Map<String, String> conditions) {

    /** Longest validator that is kept; nothing obliges a host to be brief. */
    private static final int MAX_VALIDATOR = 200;

    static StoredDocument of(ClientModel client) {
        Map<String, String> conditions = new HashMap<>();
        // Keys may change where the document that names them does not.
        if (client.getAttribute(OIDCConfigAttributes.JWKS_STRING) == null) {
            putPresent(conditions, "If-None-Match", client.getAttribute(ClientAttributes.DOCUMENT_ETAG));
            putPresent(conditions, "If-Modified-Since", client.getAttribute(ClientAttributes.DOCUMENT_MODIFIED));
        }
        String expires = client.getAttribute(ClientAttributes.DOCUMENT_EXPIRES);
        boolean readable = expires != null && expires.matches("\\d{1,10}");
        return new StoredDocument(
                client.getAttribute(ClientAttributes.REGISTERED) != null
                        && client.getAttribute(ClientAttributes.DOCUMENT_CHECKED) != null,
                readable ? (int) Math.min(Long.parseLong(expires), Integer.MAX_VALUE) : 0,
                conditions);
    }

    boolean countsAt(int now) {
        return now < expires;
    }

    boolean stillCountsAt(int now, Duration grace) {
        return now < expires + grace.toSeconds();
    }

    /** The attributes that remember a document which has just been found good. */
    static Map<String, String> attributes(Map<String, String> headers, Duration lifetime, int now) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put(ClientAttributes.DOCUMENT_CHECKED, Integer.toString(now));
        attributes.put(ClientAttributes.DOCUMENT_EXPIRES, Long.toString(now + lifetime.toSeconds()));
        attributes.put(ClientAttributes.DOCUMENT_ETAG, validator(headers.get("etag")));
        attributes.put(ClientAttributes.DOCUMENT_MODIFIED, validator(headers.get("last-modified")));
        return attributes;
    }

    private static String validator(@Nullable String value) {
        return value == null || value.length() > MAX_VALIDATOR ? "" : value;
    }

    private static void putPresent(Map<String, String> conditions, String field, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            conditions.put(field, value);
        }
    }
}
