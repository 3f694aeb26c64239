/** Two nodes on one database that lose each other, their database, or the time. */
@NullMarked
package io.github.keycloakmcp.tests.integration.faults;

import org.jspecify.annotations.NullMarked;
