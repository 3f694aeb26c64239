/** When clients that came by themselves were last used, and their removal. */
@NullMarked
package io.github.keycloakmcp.tests.integration.lifecycle;

import org.jspecify.annotations.NullMarked;
