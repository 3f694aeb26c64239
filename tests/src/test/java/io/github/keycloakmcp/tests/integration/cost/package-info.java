/** That the requests of a client's life cost no more than they did. */
@NullMarked
package io.github.keycloakmcp.tests.integration.cost;

import org.jspecify.annotations.NullMarked;
