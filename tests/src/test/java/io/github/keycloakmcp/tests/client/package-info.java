/** The actors: an MCP client, a browser with a person in front of it, and a caller of MCP tools. */
@NullMarked
package io.github.keycloakmcp.tests.client;

import org.jspecify.annotations.NullMarked;
