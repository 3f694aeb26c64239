/**
 * Tokens for assertions: the user's own identity provider says which client may use which MCP server for her, and no browser is
 * involved (enterprise-managed authorization of MCP).
 */
@NullMarked
package io.github.keycloakmcp.assertion;

import org.jspecify.annotations.NullMarked;
