package io.github.keycloakmcp.admin.setup;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.settings.RealmPolicies;
import org.keycloak.util.JsonSerialization;

/**
 * A realm that was made from our realm file has no Trusted Hosts policy to go back to. Without our policy anyone could
 * then register anything, so such a realm gets Keycloak's own, which trusts no host until an administrator names one.
 */
final class ClosedRegistration {

    private static final String TRUSTED_HOSTS = "trusted-hosts";

    private ClosedRegistration() {}

    /** The policy that has to be made, unless the realm has one, or has one set aside. */
    static Optional<Change> unlessClosed(List<Part> actual) {
        boolean closed = actual.stream()
                .filter(part -> part.kind() == PartKind.REGISTRATION_POLICY)
                .filter(policy -> TRUSTED_HOSTS.equals(policy.text("providerId")))
                .map(policy -> policy.text("subType"))
                .anyMatch(type -> type.equals(RealmPolicies.ANONYMOUS)
                        || type.equals(SetAsidePolicies.aside(RealmPolicies.ANONYMOUS)));
        return closed ? Optional.empty() : Optional.of(new Change.Create(policy()));
    }

    private static Part policy() {
        ObjectNode value = JsonSerialization.mapper.createObjectNode();
        value.put("name", "Trusted Hosts");
        value.put("providerId", TRUSTED_HOSTS);
        value.put("subType", RealmPolicies.ANONYMOUS);
        ObjectNode config = value.putObject("config");
        config.putArray("host-sending-registration-request-must-match").add("true");
        config.putArray("client-uris-must-match").add("true");
        return Part.wanted(PartKind.REGISTRATION_POLICY, RealmPolicies.ANONYMOUS + "/" + TRUSTED_HOSTS, value);
    }
}
