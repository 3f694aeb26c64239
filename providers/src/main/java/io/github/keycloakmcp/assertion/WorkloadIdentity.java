package io.github.keycloakmcp.assertion;

import java.util.HexFormat;
import java.util.Optional;

import io.github.keycloakmcp.platform.SharedMarks;
import io.github.keycloakmcp.rule.Sha256;
import io.github.keycloakmcp.rule.assertion.WorkloadToken.Workload;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * The workload that this request comes from, after its token was judged.
 *
 * @param workload what its token says
 * @param client the client whose service account it acts as
 * @param issuer the platform
 */
record WorkloadIdentity(Workload workload, ClientModel client, WorkloadIssuer issuer) {

    private static final String ATTRIBUTE = WorkloadIdentity.class.getName();

    /** Remembers it for this request. */
    void remember(KeycloakSession session) {
        session.setAttribute(ATTRIBUTE, this);
    }

    /** The workload of this request; empty where a client comes by another way. */
    static Optional<WorkloadIdentity> of(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(ATTRIBUTE, WorkloadIdentity.class));
    }

    /** Counts the token as used; false where it was used before. */
    boolean use(KeycloakSession session) {
        long life = Math.max(1, workload.expires() - Time.currentTime());
        return issuer.allowsReuse() || new SharedMarks(session).putIfAbsent(key(), life);
    }

    /** Takes back that the token was used: nothing was issued for it. */
    void release(KeycloakSession session) {
        if (!issuer.allowsReuse()) {
            new SharedMarks(session).remove(key());
        }
    }

    private String key() {
        return "mcp-workload:" + issuer.provider().getInternalId() + ":"
                + HexFormat.of().formatHex(Sha256.of(workload.id()));
    }
}
