/** What a token is for, observed on a real Keycloak: every grant, every refusal, and that bindings never cross. */
@NullMarked
package io.github.keycloakmcp.tests.integration.resource;

import org.jspecify.annotations.NullMarked;
