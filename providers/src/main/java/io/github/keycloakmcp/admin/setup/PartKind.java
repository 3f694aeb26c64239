package io.github.keycloakmcp.admin.setup;

import java.util.Locale;

/** The kinds of things that set-up writes into a realm, in the order in which they are made; each needs those before it. */
public enum PartKind {
    MARK,
    CLIENT_SCOPE,
    PROTOCOL_MAPPER,
    CLIENT_PROFILE,
    CLIENT_POLICY,
    REGISTRATION_POLICY,
    REQUIRED_ACTION,
    LOGIN_THEME,
    CLIENT;

    /** How answers name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
