/** MCP clients and a conformance suite that were written elsewhere, driven as they are published. They need Node. */
@NullMarked
package io.github.keycloakmcp.tests.realclients;

import org.jspecify.annotations.NullMarked;
