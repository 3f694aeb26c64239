/**
 * Clients that are known by a URL: their {@code client_id} is the address of a document that describes them, and that is
 * fetched when they are first used (draft-ietf-oauth-client-id-metadata-document).
 */
@NullMarked
package io.github.keycloakmcp.cimd;

import org.jspecify.annotations.NullMarked;
