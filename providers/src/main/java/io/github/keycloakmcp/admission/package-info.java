/**
 * How a client that introduces itself becomes a client of the realm, whichever way it came: by registration (RFC 7591) or
 * by its metadata document. Capabilities that let clients in share it; it knows none of them.
 */
@NullMarked
package io.github.keycloakmcp.admission;

import org.jspecify.annotations.NullMarked;
