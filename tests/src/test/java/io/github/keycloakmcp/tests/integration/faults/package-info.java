/** Nodes on one database that lose each other, their database, or the time, and those that take over from others. */
@NullMarked
package io.github.keycloakmcp.tests.integration.faults;

import org.jspecify.annotations.NullMarked;
