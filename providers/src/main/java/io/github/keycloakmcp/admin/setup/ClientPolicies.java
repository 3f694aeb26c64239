package io.github.keycloakmcp.admin.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.idm.ClientPoliciesRepresentation;
import org.keycloak.representations.idm.ClientPolicyRepresentation;
import org.keycloak.representations.idm.ClientProfileRepresentation;
import org.keycloak.representations.idm.ClientProfilesRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.util.JsonSerialization;

/** The client profiles and client policies of a realm. Keycloak keeps each list as one document. */
final class ClientPolicies {

    private final KeycloakSession session;
    private final RealmModel realm;

    ClientPolicies(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    List<ObjectNode> profiles() {
        return trees(readProfiles().getProfiles());
    }

    List<ObjectNode> policies() {
        return trees(readPolicies().getPolicies());
    }

    /** Rewrites the profiles. */
    void profiles(UnaryOperator<List<ObjectNode>> change) {
        ClientProfilesRepresentation document = readProfiles();
        document.setProfiles(values(change.apply(profiles()), ClientProfileRepresentation.class));
        try {
            session.clientPolicy().updateClientProfiles(realm, document);
        } catch (ClientPolicyException e) {
            throw new IllegalStateException("Keycloak refuses the client profiles", e);
        }
    }

    /** Rewrites the policies. */
    void policies(UnaryOperator<List<ObjectNode>> change) {
        ClientPoliciesRepresentation document = readPolicies();
        document.setPolicies(values(change.apply(policies()), ClientPolicyRepresentation.class));
        try {
            session.clientPolicy().updateClientPolicies(realm, document);
        } catch (ClientPolicyException e) {
            throw new IllegalStateException("Keycloak refuses the client policies", e);
        }
    }

    private ClientProfilesRepresentation readProfiles() {
        try {
            return session.clientPolicy().getClientProfiles(realm, false);
        } catch (ClientPolicyException e) {
            throw new IllegalStateException("the client profiles cannot be read", e);
        }
    }

    private ClientPoliciesRepresentation readPolicies() {
        try {
            return session.clientPolicy().getClientPolicies(realm, false);
        } catch (ClientPolicyException e) {
            throw new IllegalStateException("the client policies cannot be read", e);
        }
    }

    private static List<ObjectNode> trees(List<?> representations) {
        List<ObjectNode> trees = new ArrayList<>();
        representations.forEach(one -> trees.add(JsonSerialization.mapper.valueToTree(one)));
        return trees;
    }

    private static <T> List<T> values(List<ObjectNode> trees, Class<T> type) {
        List<T> values = new ArrayList<>();
        trees.forEach(tree -> values.add(JsonSerialization.mapper.convertValue(tree, type)));
        return values;
    }
}
