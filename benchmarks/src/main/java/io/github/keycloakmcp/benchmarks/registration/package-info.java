/** What it costs that a client registers itself. */
@NullMarked
package io.github.keycloakmcp.benchmarks.registration;

import org.jspecify.annotations.NullMarked;
