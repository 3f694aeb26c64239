/** What an authorization server says of itself to clients that have never met it. */
@NullMarked
package io.github.keycloakmcp.rule.discovery;

import org.jspecify.annotations.NullMarked;
