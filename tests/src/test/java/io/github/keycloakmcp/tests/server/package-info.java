/** The servers under test: a real Keycloak in one of three forms, a realm for each test class, and example MCP servers. */
@NullMarked
package io.github.keycloakmcp.tests.server;

import org.jspecify.annotations.NullMarked;
