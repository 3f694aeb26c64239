/** What an administrator installs: the jar and the realm file, as they are shipped. */
@NullMarked
package io.github.keycloakmcp.tests.integration.install;

import org.jspecify.annotations.NullMarked;
