/** What the server itself may call, and how long it may remember the answer. */
@NullMarked
package io.github.keycloakmcp.rule.fetch;

import org.jspecify.annotations.NullMarked;
