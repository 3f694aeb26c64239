/** What every capability needs of Keycloak: settings, names, refusals, log. Knows rules and Keycloak, no capability. */
@NullMarked
package io.github.keycloakmcp.platform;

import org.jspecify.annotations.NullMarked;
