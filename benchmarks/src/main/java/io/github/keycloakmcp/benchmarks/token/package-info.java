/** The cost of issuing tokens, for MCP and for everybody else. */
@NullMarked
package io.github.keycloakmcp.benchmarks.token;

import org.jspecify.annotations.NullMarked;
