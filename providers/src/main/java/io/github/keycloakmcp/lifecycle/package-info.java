/** What becomes of clients that registered themselves: when they were last used, and their removal when nobody does. */
@NullMarked
package io.github.keycloakmcp.lifecycle;

import org.jspecify.annotations.NullMarked;
