/**
 * Reading what stands at a URL that a stranger has named. Nothing but a public address, or this computer where a setting
 * says so, is ever connected to; nothing takes long, is large, or holds many threads.
 */
@NullMarked
package io.github.keycloakmcp.fetch;

import org.jspecify.annotations.NullMarked;
