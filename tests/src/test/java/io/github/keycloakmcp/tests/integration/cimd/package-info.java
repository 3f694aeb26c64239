/** Clients that are known by the URL of their metadata document. */
@NullMarked
package io.github.keycloakmcp.tests.integration.cimd;

import org.jspecify.annotations.NullMarked;
