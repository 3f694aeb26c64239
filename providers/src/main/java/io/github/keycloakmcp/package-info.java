/**
 * Keycloak MCP: makes Keycloak an OAuth 2.1 authorization server for Model Context Protocol servers.
 *
 * <p>From the ground up, and each package knows only those below it:
 *
 * <ul>
 *   <li>{@code rule}: every decision, as pure Java: values in, a verdict out;
 *   <li>{@code platform} and {@code fetch}: what the others share that knows Keycloak, and calls to other servers;
 *   <li>{@code settings}: what administrators have set;
 *   <li>{@code admission}: how a client comes into a realm;
 *   <li>{@code registration}, {@code cimd}, {@code resource}, {@code consent}, {@code discovery}, {@code lifecycle}: the
 *       capabilities, thin shells that ask a rule and do not know each other;
 *   <li>{@code admin}: the REST resources for administrators, over {@code setup}, {@code diagnosis} and {@code page}.
 * </ul>
 *
 * <p>The table that the build checks is in the test {@code house/LayersTest}.
 */
@NullMarked
package io.github.keycloakmcp;

import org.jspecify.annotations.NullMarked;
