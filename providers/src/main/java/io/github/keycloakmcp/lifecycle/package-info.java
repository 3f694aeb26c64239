/** What becomes of clients that registered themselves: when they were last used, and how unused ones are removed. */
@NullMarked
package io.github.keycloakmcp.lifecycle;

import org.jspecify.annotations.NullMarked;
