package io.github.keycloakmcp.admin;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.consent.ApprovalRevocation;
import io.github.keycloakmcp.fetch.Deadline;
import io.github.keycloakmcp.platform.OwnTransaction;
import io.github.keycloakmcp.platform.TokenLife;
import io.github.keycloakmcp.rule.consent.Approval;
import io.github.keycloakmcp.rule.consent.StoredApproval;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;
import org.keycloak.util.JsonSerialization;

/**
 * Takes back all approvals that a call is about, those of a user and a client in one transaction with its admin event, for a
 * limited time. A call that is sent again goes on with the rest.
 */
final class RevocationOfApprovals {

    private static final int PAGE = 100;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private record Revoked(int sessions, long tokenSeconds) {}

    private final AdminContext admin;
    private final ApprovalFilter filter;
    private int revoked;
    private int sessions;
    private long tokenSeconds;

    RevocationOfApprovals(AdminContext admin, ApprovalFilter filter) {
        this.admin = admin;
        this.filter = filter;
    }

    /** Answers how many approvals were taken back, and how long access tokens that are out still live. */
    ObjectNode make(boolean dry) {
        Deadline end = Deadline.in(LIMIT);
        ApprovalRow.Position position = ApprovalRow.Position.START;
        while (position != null && end.nanosLeft() > 0) {
            position = dry ? count(position) : revokePage(position);
        }
        return JsonSerialization.mapper
                .createObjectNode()
                .put("dryRun", dry)
                .put("revoked", revoked)
                .put("sessions", sessions)
                .put("accessTokenSeconds", tokenSeconds)
                .put("complete", position == null);
    }

    private ApprovalRow.@Nullable Position count(ApprovalRow.Position after) {
        ApprovalSearch.Page page = search(after);
        revoked += page.rows().size();
        page.rows().stream().map(row -> row.approval().client()).distinct().forEach(client -> {
            ClientModel known = admin.realm().getClientById(client);
            if (known != null) {
                note(TokenLife.seconds(admin.realm(), known));
            }
        });
        return page.next();
    }

    private ApprovalRow.@Nullable Position revokePage(ApprovalRow.Position after) {
        ApprovalSearch.Page page = search(after);
        Map<List<String>, List<StoredApproval>> byUserAndClient = page.rows().stream()
                .collect(Collectors.groupingBy(
                        row -> List.of(row.user(), row.approval().client()),
                        LinkedHashMap::new,
                        Collectors.mapping(ApprovalRow::approval, Collectors.toList())));
        byUserAndClient.forEach((key, approvals) -> OwnTransaction.result(
                        admin.session().getKeycloakSessionFactory(),
                        null,
                        session -> revoke(admin.in(session), key.get(0), key.get(1), approvals))
                .ifPresent(done -> add(done, approvals.size())));
        return page.next();
    }

    /** What was taken back from one user and one client; empty where either is gone. It may run again, and adds nothing up itself. */
    private static Optional<Revoked> revoke(
            AdminContext own, String userId, String clientId, List<StoredApproval> approvals) {
        UserModel user = own.session().users().getUserById(own.realm(), userId);
        ClientModel client = own.realm().getClientById(clientId);
        if (user == null || client == null) {
            return Optional.empty();
        }
        int sessions = new ApprovalRevocation(own.session(), own.realm(), user, client).revoke(approvals);
        own.did(OperationType.DELETE, changed(client, approvals), "mcp", "approvals", userId);
        return Optional.of(new Revoked(sessions, TokenLife.seconds(own.realm(), client)));
    }

    private void add(Revoked done, int approvals) {
        revoked += approvals;
        sessions += done.sessions();
        note(done.tokenSeconds());
    }

    private static ObjectNode changed(ClientModel client, List<StoredApproval> approvals) {
        ObjectNode changed = JsonSerialization.mapper.createObjectNode().put("client", client.getClientId());
        approvals.stream()
                .flatMap(approval -> approval instanceof Approval known ? Stream.of(known.uri()) : Stream.empty())
                .forEach(changed.putArray("servers")::add);
        return changed;
    }

    private void note(long seconds) {
        tokenSeconds = Math.max(tokenSeconds, seconds);
    }

    private ApprovalSearch.Page search(ApprovalRow.Position after) {
        return new ApprovalSearch(admin.session(), admin.realm()).page(filter, after, PAGE);
    }
}
