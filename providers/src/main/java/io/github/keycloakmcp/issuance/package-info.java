/**
 * Identity assertions for other authorization servers: this realm is the company's identity provider, and its policy says which
 * client may use which MCP server for which user (enterprise-managed authorization of MCP).
 */
@NullMarked
package io.github.keycloakmcp.issuance;

import org.jspecify.annotations.NullMarked;
