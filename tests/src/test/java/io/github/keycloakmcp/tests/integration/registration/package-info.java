/** Dynamic client registration (RFC 7591) and its management (RFC 7592), on a real server. */
@NullMarked
package io.github.keycloakmcp.tests.integration.registration;

import org.jspecify.annotations.NullMarked;
