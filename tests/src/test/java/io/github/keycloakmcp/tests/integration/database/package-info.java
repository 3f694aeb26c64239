/** What databases do differently: how they compare texts, which they can keep, and how they lock. */
@NullMarked
package io.github.keycloakmcp.tests.integration.database;

import org.jspecify.annotations.NullMarked;
