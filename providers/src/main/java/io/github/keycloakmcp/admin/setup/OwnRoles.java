package io.github.keycloakmcp.admin.setup;

import java.util.Optional;
import java.util.regex.Pattern;

/** Roles of the client of an MCP server, which are made when a document first names them. */
final class OwnRoles {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_:-]{1,100}");

    private OwnRoles() {}

    /** The name of the role within the client of the server; empty if {@code role} is not written as one of it. */
    static Optional<String> name(String uri, String role) {
        return Optional.of(role)
                .filter(text -> text.startsWith(uri + "."))
                .map(text -> text.substring(uri.length() + 1))
                .filter(name -> NAME.matcher(name).matches());
    }
}
