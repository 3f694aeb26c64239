/** What this extension relies on in the server, and how a server that lacks some of it is judged. */
@NullMarked
package io.github.keycloakmcp.rule.hooks;

import org.jspecify.annotations.NullMarked;
