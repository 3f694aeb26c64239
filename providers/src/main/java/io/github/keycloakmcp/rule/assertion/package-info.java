/** What a token may carry that a client gets for an assertion of another issuer: which MCP server, and which scopes. */
@NullMarked
package io.github.keycloakmcp.rule.assertion;

import org.jspecify.annotations.NullMarked;
