/** Other ways in: users of another identity provider, and clients that an administrator registers. */
@NullMarked
package io.github.keycloakmcp.tests.integration.broker;

import org.jspecify.annotations.NullMarked;
