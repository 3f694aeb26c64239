/** What must be true of the house as a whole: its services, its realm file and its documentation agree with its code. */
@NullMarked
package io.github.keycloakmcp.house;

import org.jspecify.annotations.NullMarked;
