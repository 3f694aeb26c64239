/**
 * What an MCP client may be: the rules that judge the metadata with which a client registers (RFC 7591), wherever it
 * comes from.
 */
@NullMarked
package io.github.keycloakmcp.rule.registration;

import org.jspecify.annotations.NullMarked;
