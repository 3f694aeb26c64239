/** What a user is asked before a client gets access, how long the answer counts, and what the page says. */
@NullMarked
package io.github.keycloakmcp.tests.integration.consent;

import org.jspecify.annotations.NullMarked;
