/** Set-up over Admin REST: enabling, looking, diagnosing and leaving, on realms that people already have. */
@NullMarked
package io.github.keycloakmcp.tests.integration.admin;

import org.jspecify.annotations.NullMarked;
