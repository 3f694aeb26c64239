/**
 * Which MCP server a token is for: resource indicators, the catalogue of declared servers, and the binding between what
 * was granted, what is requested and what ends up in {@code aud} (RFC 8707).
 */
@NullMarked
package io.github.keycloakmcp.rule.resource;

import org.jspecify.annotations.NullMarked;
