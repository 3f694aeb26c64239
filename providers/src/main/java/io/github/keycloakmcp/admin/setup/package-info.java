/**
 * Set-up of a realm: reads what is there, plans the changes, makes them, and removes them again.
 *
 * <p>What an enabled realm looks like is said once, in {@code realm-config/mcp-realm.json}, which is packed into the jar.
 */
@NullMarked
package io.github.keycloakmcp.admin.setup;

import org.jspecify.annotations.NullMarked;
