/**
 * Realm set-up for people who already run Keycloak: enable a realm, see what is there, find out why a client fails, and
 * leave again. Everything is below {@code /admin/realms/{realm}/mcp}, with Keycloak's own permissions and admin events.
 *
 * <p>What an enabled realm looks like is said once, in {@code realm-config/mcp-realm.json}, which is packed into the jar.
 */
@NullMarked
package io.github.keycloakmcp.admin;

import org.jspecify.annotations.NullMarked;
