/** What the algorithm costs that signs access tokens. */
@NullMarked
package io.github.keycloakmcp.benchmarks.signing;

import org.jspecify.annotations.NullMarked;
