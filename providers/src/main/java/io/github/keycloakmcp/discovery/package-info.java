/** How a client finds its way before it is known: what it may read of this server, and from where. */
@NullMarked
package io.github.keycloakmcp.discovery;

import org.jspecify.annotations.NullMarked;
