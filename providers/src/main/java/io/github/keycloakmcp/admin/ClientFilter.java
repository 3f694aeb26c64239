package io.github.keycloakmcp.admin;

import java.time.Duration;
import java.util.Locale;

import io.github.keycloakmcp.admin.McpClientView.Kind;
import io.github.keycloakmcp.platform.ClientIds;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;

/**
 * Which MCP clients an administrator asks for. The database decides as much as it can, so that it returns few others; a
 * client that it returns is judged here once more, because only {@link McpClientView#vendors} knows where codes go.
 *
 * @param text a part of the client id or of the name; empty for any
 * @param kind how the client came into the realm; null for any
 * @param vendor a host, a scheme, {@value McpClientView#LOOPBACK}, or the identifier of a known client; empty for any
 * @param verified whether the client is proven to be a known one; null for either
 * @param enabled whether it may be used; null for either
 * @param unusedSince seconds since 1970 after which the client was neither used nor registered; 0 for any
 */
record ClientFilter(
        String text,
        @Nullable Kind kind,
        String vendor,
        @Nullable Boolean verified,
        @Nullable Boolean enabled,
        long unusedSince) {

    /** All self-registered clients of a vendor, whether they are verified, enabled and in use or not. */
    static ClientFilter ofVendor(String vendor) {
        return new ClientFilter("", null, vendor, null, null, 0);
    }

    /** The time that is some days ago, in seconds since 1970; 0 for no days. */
    static long before(int days) {
        return days <= 0 ? 0 : Time.currentTime() - Duration.ofDays(days).toSeconds();
    }

    /** Whether every MCP client matches, so that a page is found without reading others. */
    boolean isForAll() {
        return equals(new ClientFilter("", null, "", null, null, 0));
    }

    /** Whether any client can match. No database stores a NUL, and PostgreSQL fails if it is asked for one. */
    boolean isPossible() {
        return ClientIds.isPossible(text) && ClientIds.isPossible(vendor);
    }

    /** Whether the database decides alone, so that it returns no client that is not wanted. */
    boolean isDecidedByDatabase() {
        return vendor.isEmpty() && unusedSince == 0;
    }

    boolean accepts(McpClientView client) {
        return client.isOfVendor(vendor) && (unusedSince == 0 || client.isUnusedSince(unusedSince));
    }

    /** The text for a comparison with {@code like}, in which {@code !} escapes. */
    static String pattern(String part) {
        return "%" + part.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%";
    }
}
