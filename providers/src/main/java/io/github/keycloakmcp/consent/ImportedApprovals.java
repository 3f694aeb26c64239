package io.github.keycloakmcp.consent;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.consent.Approval;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.support.EntityManagers;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.idm.UserConsentRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.storage.StoreMigrateRepresentationEvent;

/**
 * Keeps approvals valid when a realm is imported. Keycloak dates every consent that it imports anew, and an approval is valid only
 * under a consent that is not newer: without this, each user of a restored realm is asked again for each client and server. The file
 * has the time at which the consent began, so that an approval that had ended with an earlier consent is not brought back.
 *
 * <p>The file has to contain the users. If they are in files of their own, this does not see them, and users are asked again.
 */
final class ImportedApprovals {

    private static final int BATCH = 50;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final StoredApprovals stored;

    /** An approval that the import brings back. */
    private record Valid(String user, Approval approval) {}

    private ImportedApprovals(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.stored = new StoredApprovals(session, realm);
    }

    /** Dates the approvals of the realm that is being imported; its users are stored already. */
    static void keep(StoreMigrateRepresentationEvent imported) {
        ImportedApprovals approvals = new ImportedApprovals(imported.getSession(), imported.getRealm());
        approvals.write(given(imported.getRep().getFederatedUsers())
                .flatMap(approvals::valid)
                .toList());
    }

    private Stream<Valid> valid(UserRepresentation user) {
        Map<String, Long> began = consents(user);
        return approvals(user)
                .filter(approval ->
                        approval.isUnder(approval.client(), began.getOrDefault(approval.client(), Long.MAX_VALUE)))
                .map(approval -> new Valid(user.getId(), approval));
    }

    /** Every write makes Keycloak look through all rows that it has in memory, so it must not keep those of other users there. */
    private void write(List<Valid> valid) {
        if (valid.isEmpty()) {
            return;
        }
        long now = Time.currentTimeMillis();
        EntityManagers.runInBatch(
                session,
                () -> {
                    for (int from = 0; from < valid.size(); from += BATCH) {
                        valid.subList(from, Math.min(from + BATCH, valid.size()))
                                .forEach(one ->
                                        stored.write(one.user(), one.approval().at(now)));
                        EntityManagers.flush(session, true);
                    }
                },
                true);
    }

    private static Stream<Approval> approvals(UserRepresentation user) {
        Map<String, List<String>> attributes = user.getAttributes() == null ? Map.of() : user.getAttributes();
        return attributes.entrySet().stream()
                .flatMap(attribute -> given(attribute.getValue())
                        .flatMap(value -> Approval.read(attribute.getKey(), value).stream()));
    }

    /** When each consent began according to the file, by the internal id of its client. */
    private Map<String, Long> consents(UserRepresentation user) {
        return given(user.getClientConsents())
                .filter(consent -> consent.getCreatedDate() != null && client(consent) != null)
                .collect(Collectors.toMap(
                        consent -> Objects.requireNonNull(client(consent)).getId(),
                        UserConsentRepresentation::getCreatedDate,
                        Math::max));
    }

    private @Nullable ClientModel client(UserConsentRepresentation consent) {
        return session.clients().getClientByClientId(realm, consent.getClientId());
    }

    private static <T> Stream<T> given(@Nullable Collection<T> values) {
        return values == null ? Stream.empty() : values.stream().filter(Objects::nonNull);
    }
}
