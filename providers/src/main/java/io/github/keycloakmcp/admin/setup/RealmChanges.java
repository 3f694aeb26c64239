package io.github.keycloakmcp.admin.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.platform.ManagedMark;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.utils.RepresentationToModel;
import org.keycloak.representations.idm.ClientScopeRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.representations.idm.RequiredActionProviderRepresentation;
import org.keycloak.services.managers.ClientManager;
import org.keycloak.services.managers.RealmManager;
import org.keycloak.util.JsonSerialization;

/** Makes the changes of a plan, all in the transaction of the request. */
final class RealmChanges {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ClientPolicies policies;

    RealmChanges(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.policies = new ClientPolicies(session, realm);
    }

    void make(List<Change> changes) {
        changes.forEach(this::make);
    }

    private void make(Change change) {
        if (change instanceof Change.Create create) {
            write(create.part());
        } else if (change instanceof Change.Update update) {
            write(update.after());
        } else if (change instanceof Change.Remove remove) {
            remove(remove.part());
        } else if (change instanceof Change.SetAside aside) {
            RegistrationPolicies.update(
                    realm, aside.part(), SetAsidePolicies.aside(aside.part().text("subType")));
        } else if (change instanceof Change.Restore restore) {
            RegistrationPolicies.update(
                    realm, restore.part(), SetAsidePolicies.back(restore.part().text("subType")));
        }
    }

    private void write(Part part) {
        boolean isNew = part.id().isEmpty();
        switch (part.kind()) {
            case MARK -> realm.setAttribute(ManagedMark.ATTRIBUTE, part.text(ManagedMark.ATTRIBUTE));
            case CLIENT_SCOPE -> {
                ClientScopeRepresentation scope = read(part, ClientScopeRepresentation.class, "otherMappers");
                if (isNew) {
                    RepresentationToModel.createClientScope(realm, scope);
                } else {
                    RepresentationToModel.updateClientScope(scope, realm.getClientScopeById(part.id()));
                }
            }
            case PROTOCOL_MAPPER -> {
                ProtocolMapperModel mapper =
                        RepresentationToModel.toModel(read(part, ProtocolMapperRepresentation.class));
                if (isNew) {
                    scopeOf(part).addProtocolMapper(mapper);
                } else {
                    mapper.setId(part.id());
                    scopeOf(part).updateProtocolMapper(mapper);
                }
            }
            case CLIENT_PROFILE -> policies.profiles(replace(part));
            case CLIENT_POLICY -> policies.policies(replace(part));
            case REGISTRATION_POLICY -> {
                if (isNew) {
                    RegistrationPolicies.create(realm, part);
                } else {
                    RegistrationPolicies.update(realm, part, part.text("subType"));
                }
            }
            case REQUIRED_ACTION -> {
                RequiredActionProviderModel action = action(read(part, RequiredActionProviderRepresentation.class));
                if (isNew) {
                    realm.addRequiredActionProvider(action);
                } else {
                    action.setId(part.id());
                    realm.updateRequiredActionProvider(action);
                }
            }
            case LOGIN_THEME -> realm.setLoginTheme(part.text(RealmFile.THEME));
            case CLIENT -> throw new IllegalArgumentException("the client of the page is made by the page's own call");
        }
    }

    private void remove(Part part) {
        switch (part.kind()) {
            case MARK -> realm.removeAttribute(ManagedMark.ATTRIBUTE);
            case CLIENT_SCOPE -> realm.removeClientScope(part.id());
            case PROTOCOL_MAPPER -> {
                ClientScopeModel scope = scopeOf(part);
                scope.removeProtocolMapper(scope.getProtocolMapperById(part.id()));
            }
            case CLIENT_PROFILE -> policies.profiles(without(part));
            case CLIENT_POLICY -> policies.policies(without(part));
            case REGISTRATION_POLICY -> RegistrationPolicies.remove(realm, part);
            case REQUIRED_ACTION -> {
                RequiredActionProviderModel action = new RequiredActionProviderModel();
                action.setId(part.id());
                action.setAlias(part.name());
                realm.removeRequiredActionProvider(action);
            }
            case LOGIN_THEME -> realm.setLoginTheme(null);
            case CLIENT ->
                new ClientManager(new RealmManager(session)).removeClient(realm, realm.getClientById(part.id()));
        }
    }

    private static RequiredActionProviderModel action(RequiredActionProviderRepresentation value) {
        RequiredActionProviderModel action = new RequiredActionProviderModel();
        action.setAlias(value.getAlias());
        action.setName(value.getName());
        action.setProviderId(value.getProviderId());
        action.setEnabled(value.isEnabled());
        action.setDefaultAction(value.isDefaultAction());
        action.setPriority(value.getPriority());
        action.setConfig(value.getConfig());
        return action;
    }

    private ClientScopeModel scopeOf(Part mapper) {
        ClientScopeModel scope =
                new StoredRealm(session, realm).scope(mapper.name()).orElseThrow();
        return Objects.requireNonNull(realm.getClientScopeById(scope.getId()));
    }

    private static UnaryOperator<List<ObjectNode>> replace(Part part) {
        return list -> {
            List<ObjectNode> changed = new ArrayList<>(list);
            changed.replaceAll(one -> isNamed(one, part) ? part.value() : one);
            if (changed.stream().noneMatch(one -> isNamed(one, part))) {
                changed.add(part.value());
            }
            return changed;
        };
    }

    private static UnaryOperator<List<ObjectNode>> without(Part part) {
        return list -> list.stream().filter(one -> !isNamed(one, part)).toList();
    }

    private static boolean isNamed(ObjectNode value, Part part) {
        return part.name().equals(value.path("name").asText());
    }

    private static <T> T read(Part part, Class<T> type, String... without) {
        ObjectNode value = part.value().deepCopy();
        value.remove(List.of(without));
        return JsonSerialization.mapper.convertValue(value, type);
    }
}
