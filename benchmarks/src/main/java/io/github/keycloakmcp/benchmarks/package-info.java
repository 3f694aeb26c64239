/**
 * What the extension costs: the same requests to a Keycloak with it and to one without, in alternation. A benchmark is a
 * list of {@link io.github.keycloakmcp.benchmarks.Case cases}; everything else is shared.
 */
@NullMarked
package io.github.keycloakmcp.benchmarks;

import org.jspecify.annotations.NullMarked;
