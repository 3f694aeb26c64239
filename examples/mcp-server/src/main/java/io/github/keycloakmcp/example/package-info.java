/**
 * A small MCP server that is an OAuth 2.1 protected resource: the demo, the documentation and the tests share it.
 *
 * <p>Read it in this order: {@link io.github.keycloakmcp.example.ExampleServer} puts the parts together,
 * {@link io.github.keycloakmcp.example.AccessFilter} guards the endpoint,
 * {@link io.github.keycloakmcp.example.AccessTokens} judges a token,
 * {@link io.github.keycloakmcp.example.Proofs} judges the proof of a token that is bound to a key, and
 * {@link io.github.keycloakmcp.example.ProtectedResourceMetadata} tells clients where to get one.
 */
@NullMarked
package io.github.keycloakmcp.example;

import org.jspecify.annotations.NullMarked;
