/** Which URLs are client identifiers, whose documents are read, and what a document may say of its client. */
@NullMarked
package io.github.keycloakmcp.rule.cimd;

import org.jspecify.annotations.NullMarked;
