/** How long a client that registered itself is kept: when it counts as used, and when as forgotten. */
@NullMarked
package io.github.keycloakmcp.rule.lifecycle;

import org.jspecify.annotations.NullMarked;
