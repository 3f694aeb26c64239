/**
 * What the consent page is told, and consent per MCP server: the required action that feeds the page and has the user
 * asked again, and the listener that remembers what was approved.
 */
@NullMarked
package io.github.keycloakmcp.consent;

import org.jspecify.annotations.NullMarked;
