package io.github.keycloakmcp.admin.setup;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.RealmModel;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy;
import org.keycloak.util.JsonSerialization;

/** Registration policies between Keycloak's components and parts. */
final class RegistrationPolicies {

    private RegistrationPolicies() {}

    static Part part(ComponentModel policy) {
        ObjectNode value = JsonSerialization.mapper.createObjectNode();
        value.put("name", policy.getName());
        value.put("providerId", policy.getProviderId());
        value.put("subType", policy.getSubType());
        value.set("config", JsonSerialization.mapper.valueToTree(policy.getConfig()));
        return new Part(
                PartKind.REGISTRATION_POLICY,
                policy.getSubType() + "/" + policy.getProviderId(),
                policy.getId(),
                value);
    }

    static void create(RealmModel realm, Part part) {
        realm.addComponentModel(filled(model(realm, part), part, part.text("subType")));
    }

    static void update(RealmModel realm, Part part, String subType) {
        ComponentModel policy = model(realm, part);
        policy.setId(part.id());
        realm.updateComponent(filled(policy, part, subType));
    }

    static void remove(RealmModel realm, Part part) {
        ComponentModel policy = model(realm, part);
        policy.setId(part.id());
        realm.removeComponent(policy);
    }

    private static ComponentModel model(RealmModel realm, Part part) {
        ComponentModel policy = new ComponentModel();
        policy.setProviderType(ClientRegistrationPolicy.class.getName());
        policy.setProviderId(part.text("providerId"));
        policy.setParentId(realm.getId());
        return policy;
    }

    private static ComponentModel filled(ComponentModel policy, Part part, String subType) {
        Map<String, List<String>> config =
                JsonSerialization.mapper.convertValue(part.value().path("config"), new TypeReference<>() {});
        policy.setName(part.text("name"));
        policy.setSubType(subType);
        policy.setConfig(new MultivaluedHashMap<>(config));
        return policy;
    }
}
