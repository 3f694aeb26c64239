package io.github.keycloakmcp.platform;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.RoleUtils;

/** Whether a user, or the service account of a machine client, has a role. */
public final class UserRoles {

    private UserRoles() {}

    /** Tells whether {@code user} has the role, a realm role or {@code client.role}; a role that does not exist no user has. */
    public static boolean has(KeycloakSession session, UserModel user, String role) {
        RoleModel found = KeycloakModelUtils.getRoleFromString(
                session, session.getContext().getRealm(), role);
        return found != null && user.hasRole(found);
    }

    /** Tells whether Keycloak lets {@code user} have the scope: one without roles, or with one of its roles. */
    public static boolean permit(ClientScopeModel scope, UserModel user) {
        if (scope instanceof ClientModel) {
            return true;
        }
        Set<RoleModel> roles = scope.getScopeMappingsStream().collect(Collectors.toSet());
        return roles.isEmpty() || RoleUtils.expandCompositeRoles(roles).stream().anyMatch(user::hasRole);
    }

    /** The roles of the scope, as {@link #has} reads them. */
    public static List<String> of(ClientScopeModel scope) {
        return scope.getScopeMappingsStream().map(UserRoles::name).sorted().toList();
    }

    private static String name(RoleModel role) {
        return role.getContainer() instanceof ClientModel client
                ? client.getClientId() + "." + role.getName()
                : role.getName();
    }
}
