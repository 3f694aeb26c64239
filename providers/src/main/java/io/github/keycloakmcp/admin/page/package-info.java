/** The admin page: its three files, the resource that serves them, and the client with which it logs administrators in. */
@NullMarked
package io.github.keycloakmcp.admin.page;

import org.jspecify.annotations.NullMarked;
