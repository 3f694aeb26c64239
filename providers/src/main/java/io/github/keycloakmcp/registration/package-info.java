/** How clients register: the registration policy and the endpoint that reads RFC 7591 as it is written. */
@NullMarked
package io.github.keycloakmcp.registration;

import org.jspecify.annotations.NullMarked;
