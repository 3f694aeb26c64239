package io.github.keycloakmcp.rule.diagnosis;

import static io.github.keycloakmcp.rule.diagnosis.Explanation.error;
import static io.github.keycloakmcp.rule.diagnosis.Explanation.info;
import static io.github.keycloakmcp.rule.diagnosis.Explanation.warning;

/** Explains why a registration, an update or a removal was refused, whatever the client metadata says. */
final class RegistrationExplanations {

    static final Explanation WRONG_ENDPOINT = error(
            "a client used a registration endpoint of Keycloak that has no rules for MCP clients",
            "use registration_endpoint from the metadata of the realm");

    static final Explanation REALM_IS_FULL = error(
            "the realm has as many self-registered clients as maxClients allows",
            "remove unused clients, or raise maxClients");

    static final Explanation SENDER_NOT_ALLOWED = error(
            "a client registered from an IP address outside of allowed-senders",
            "if the address is yours, add its network to allowed-senders of the registration policy");

    static final Explanation TOO_MANY_REGISTRATIONS = warning(
            "one IP address, or all of them together, registered clients more often than the limits allow",
            "if it was a flood, nothing; else raise registrationsPerSender or registrationsPerRealm; behind a proxy set "
                    + "proxy-headers, or all clients share the address of the proxy");

    static final Explanation FORCED_SCOPE_MISSING = error(
            "a client scope that every client gets does not exist",
            "create the client scope, or change forced-scopes of the registration policy");

    static final Explanation CLIENT_DISABLED = info(
            "a client registered again that an administrator has disabled",
            "enable the client if it may connect again");

    static final Explanation CLIENT_SHARED = info(
            "a client tried to change or remove a registration that it shares with others",
            "register the changed metadata as a new client; or switch off idempotent, so that every client has its own");

    static final Explanation CLIENT_UNKNOWN = error(
            "a client used a client_id that does not exist in the realm, or no longer",
            "remove the login in the client, so that it registers again; if the client_id is a URL, switch on metadata "
                    + "documents");

    static final Explanation CLIENT_ID_MISMATCH = error(
            "a client sent a client_id with its registration, or another client_id than its own with an update, or an "
                    + "administrator renamed a self-registered client",
            "the client has to leave client_id out when it registers, and send its own when it updates (RFC 7592); an "
                    + "administrator takes a client over before renaming it");

    static final Explanation DATABASE_BUSY = warning(
            "the database had no connection for a registration in time, or ended it in favor of another request",
            "if it happens often, set db-pool-max-size higher, or look at the database");

    static final Explanation CLIENT_POLICY_REFUSES = error(
            "another client policy of the realm rejected the client or its request",
            "the reason says what it requires; change that policy (Realm settings → Client policies), or keep MCP clients "
                    + "out of its conditions");

    static final Explanation SETTING_MALFORMED = warning(
            "a setting of this extension has an entry of the wrong form, which has no effect",
            "correct the entry; docs/configuration.md shows the form");

    private RegistrationExplanations() {}
}
