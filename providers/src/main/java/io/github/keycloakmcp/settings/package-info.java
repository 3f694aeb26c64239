/**
 * The settings of a realm: what each provider lets an administrator decide, how it is stored, and which of several stored
 * values applies. Capabilities read settings here and nowhere else.
 */
@NullMarked
package io.github.keycloakmcp.settings;

import org.jspecify.annotations.NullMarked;
