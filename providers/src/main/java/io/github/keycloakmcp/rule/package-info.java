/**
 * The law of the house: every decision as a pure function from values to a {@link io.github.keycloakmcp.rule.Verdict}.
 * Imports {@code java.*} only, so that each rule can be read, tested and audited without knowing Keycloak.
 */
@NullMarked
package io.github.keycloakmcp.rule;

import org.jspecify.annotations.NullMarked;
