/** Which MCP servers the administrators of a team look after, and which they may declare. */
@NullMarked
package io.github.keycloakmcp.rule.team;

import org.jspecify.annotations.NullMarked;
