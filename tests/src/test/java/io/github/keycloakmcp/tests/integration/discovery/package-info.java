/** What a client may learn before it is known. */
@NullMarked
package io.github.keycloakmcp.tests.integration.discovery;

import org.jspecify.annotations.NullMarked;
