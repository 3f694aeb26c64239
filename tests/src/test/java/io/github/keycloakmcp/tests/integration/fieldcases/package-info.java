/** What people with other realms, servers and clients have reported in public, replayed on a real server. */
@NullMarked
package io.github.keycloakmcp.tests.integration.fieldcases;

import org.jspecify.annotations.NullMarked;
