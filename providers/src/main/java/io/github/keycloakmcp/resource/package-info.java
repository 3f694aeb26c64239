/**
 * How a token gets its audience: the mapper that declares MCP servers, the executor that refuses unknown ones at
 * authorization, and the post-processor that locks every token.
 */
@NullMarked
package io.github.keycloakmcp.resource;

import org.jspecify.annotations.NullMarked;
