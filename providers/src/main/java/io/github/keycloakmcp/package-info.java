/**
 * Keycloak MCP: makes Keycloak an OAuth 2.1 authorization server for Model Context Protocol servers.
 *
 * <p>The map of the house: {@code rule} holds every decision as pure Java; {@code platform} is the only shared code that
 * knows Keycloak; each other package is one capability, a thin shell that asks a rule.
 */
@NullMarked
package io.github.keycloakmcp;

import org.jspecify.annotations.NullMarked;
