package io.github.keycloakmcp.assertion;

import java.util.Map;
import java.util.Optional;

import io.github.keycloakmcp.rule.assertion.UserMapping;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Looks up the user of an assertion who has no link to the identity provider. */
final class MappedUser {

    private MappedUser() {}

    static Optional<UserModel> find(KeycloakSession session, UserMapping mapping, Map<String, Object> claims) {
        RealmModel realm = session.getContext().getRealm();
        return mapping.find(claims)
                .flatMap(value -> mapping instanceof UserMapping.Email
                        ? byEmail(session, realm, value)
                        : Optional.ofNullable(session.users().getUserByUsername(realm, value)));
    }

    /** An address that two users may share, or that is not verified, does not identify a user. */
    private static Optional<UserModel> byEmail(KeycloakSession session, RealmModel realm, String email) {
        return realm.isDuplicateEmailsAllowed()
                ? Optional.empty()
                : Optional.ofNullable(session.users().getUserByEmail(realm, email))
                        .filter(UserModel::isEmailVerified);
    }
}
