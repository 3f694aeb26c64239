/** The demo behind {@code ./mvnw -Pdemo}: Keycloak and two MCP servers in the foreground. */
@NullMarked
package io.github.keycloakmcp.tests.demo;

import org.jspecify.annotations.NullMarked;
