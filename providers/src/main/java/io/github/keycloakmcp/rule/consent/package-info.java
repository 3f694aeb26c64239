/**
 * What a user is told before saying yes, and how long a yes counts: pure values, so that what a hostile client can put on
 * the consent page is decided and tested without a page.
 */
@NullMarked
package io.github.keycloakmcp.rule.consent;

import org.jspecify.annotations.NullMarked;
