package io.github.keycloakmcp.fetch;

import java.net.UnknownHostException;

/** A name leads to an address that must not be called. */
final class ForbiddenAddressException extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    ForbiddenAddressException(String message) {
        super(message);
    }
}
