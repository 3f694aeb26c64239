/** What the requests of a client's life cost the database, statement by statement. */
@NullMarked
package io.github.keycloakmcp.tests.cost;

import org.jspecify.annotations.NullMarked;
