package io.github.keycloakmcp.admin;

import java.util.Locale;

/** The kinds of things that set-up writes into a realm, in the order in which they are made; each needs those before it. */
enum PartKind {
    CLIENT_SCOPE,
    PROTOCOL_MAPPER,
    CLIENT_PROFILE,
    CLIENT_POLICY,
    REGISTRATION_POLICY,
    REQUIRED_ACTION,
    LOGIN_THEME,
    CLIENT;

    /** How answers name it. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
