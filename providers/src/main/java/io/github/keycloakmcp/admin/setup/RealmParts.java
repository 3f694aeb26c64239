package io.github.keycloakmcp.admin.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.admin.page.AdminPageClient;
import io.github.keycloakmcp.platform.ManagedMark;
import io.github.keycloakmcp.platform.ProviderIds;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.ModelToRepresentation;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy;
import org.keycloak.util.JsonSerialization;

/** Reads the parts that a realm has: everything of ours, and everything of others that set-up may have to change. */
public final class RealmParts {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final StoredRealm stored;
    private final RealmFile file;

    RealmParts(KeycloakSession session, RealmModel realm, RealmFile file) {
        this.session = session;
        this.stored = new StoredRealm(session, realm);
        this.realm = stored.realm();
        this.file = file;
    }

    List<Part> read() {
        List<Part> parts = new ArrayList<>();
        String mark = realm.getAttribute(ManagedMark.ATTRIBUTE);
        if (mark != null) {
            parts.add(part(PartKind.MARK, ManagedMark.ATTRIBUTE, "", RealmFile.mark(mark)));
        }
        stored.scopes().forEach(scope -> {
            if (isNamedInFile(scope)) {
                parts.add(part(PartKind.CLIENT_SCOPE, scope.getName(), scope.getId(), scope(scope)));
            }
            mappers(scope)
                    .forEach(mapper -> parts.add(part(
                            PartKind.PROTOCOL_MAPPER,
                            scope.getName(),
                            mapper.getId(),
                            tree(ModelToRepresentation.toRepresentation(mapper)))));
        });
        ClientPolicies policies = new ClientPolicies(session, realm);
        policies.profiles().forEach(profile -> parts.add(named(PartKind.CLIENT_PROFILE, profile)));
        policies.policies().forEach(policy -> parts.add(named(PartKind.CLIENT_POLICY, policy)));
        realm.getComponentsStream(realm.getId(), ClientRegistrationPolicy.class.getName())
                .forEach(policy -> parts.add(RegistrationPolicies.part(policy)));
        realm.getRequiredActionProvidersStream()
                .filter(action -> ProviderIds.CONSENT.equals(action.getProviderId()))
                .forEach(action -> parts.add(part(
                        PartKind.REQUIRED_ACTION,
                        action.getAlias(),
                        action.getId(),
                        tree(ModelToRepresentation.toRepresentation(action)))));
        if (realm.getLoginTheme() != null && !realm.getLoginTheme().isEmpty()) {
            parts.add(part(PartKind.LOGIN_THEME, RealmFile.THEME, "", RealmFile.theme(realm.getLoginTheme())));
        }
        AdminPageClient.find(realm)
                .ifPresent(client -> parts.add(part(
                        PartKind.CLIENT,
                        client.getClientId(),
                        client.getId(),
                        JsonSerialization.mapper.createObjectNode())));
        return List.copyOf(parts);
    }

    private boolean isNamedInFile(ClientScopeModel scope) {
        return file.parts().stream()
                .anyMatch(part ->
                        part.kind() == PartKind.CLIENT_SCOPE && part.name().equals(scope.getName()));
    }

    public static List<ProtocolMapperModel> mappers(ProtocolMapperContainerModel holder) {
        return holder.getProtocolMappersStream()
                .filter(mapper -> ProviderIds.RESOURCE_AUDIENCE.equals(mapper.getProtocolMapper()))
                .toList();
    }

    private static ObjectNode scope(ClientScopeModel scope) {
        ObjectNode value = JsonSerialization.mapper.createObjectNode();
        value.put("name", scope.getName());
        value.put("description", Optional.ofNullable(scope.getDescription()).orElse(""));
        value.put("protocol", scope.getProtocol());
        value.set("attributes", JsonSerialization.mapper.valueToTree(scope.getAttributes()));
        value.set(
                "otherMappers",
                JsonSerialization.mapper.valueToTree(scope.getProtocolMappersStream()
                        .filter(mapper -> !ProviderIds.RESOURCE_AUDIENCE.equals(mapper.getProtocolMapper()))
                        .map(ProtocolMapperModel::getName)
                        .sorted()
                        .toList()));
        return value;
    }

    private static Part named(PartKind kind, ObjectNode value) {
        return part(kind, value.path("name").asText(), "", value);
    }

    private static Part part(PartKind kind, String name, String id, ObjectNode value) {
        value.remove("id");
        return new Part(kind, name, id, value);
    }

    private static ObjectNode tree(Object representation) {
        return JsonSerialization.mapper.valueToTree(representation);
    }
}
