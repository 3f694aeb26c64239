/**
 * The REST resources for administrators of a realm, below {@code /admin/realms/{realm}/mcp}, with Keycloak's own permissions
 * and admin events. What they do is in {@code setup}, {@code diagnosis} and {@code page}.
 */
@NullMarked
package io.github.keycloakmcp.admin;

import org.jspecify.annotations.NullMarked;
