/** Collects the facts of a realm, a client or a server's metadata, and asks the rules what is wrong with them. */
@NullMarked
package io.github.keycloakmcp.admin.diagnosis;

import org.jspecify.annotations.NullMarked;
