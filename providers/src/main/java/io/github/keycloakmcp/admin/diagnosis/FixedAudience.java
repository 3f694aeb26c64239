package io.github.keycloakmcp.admin.diagnosis;

import java.util.Objects;
import java.util.stream.Stream;

import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ProtocolMapperContainerModel;

/** The mappers of the tutorial: every token is for one URL, whatever was asked for. */
final class FixedAudience {

    private static final String MAPPER = "oidc-audience-mapper";
    private static final String URL = "included.custom.audience";

    private FixedAudience() {}

    static Stream<String> stampedBy(ClientScopeModel scope) {
        return mappers(scope.getName(), scope);
    }

    static Stream<String> stampedBy(ClientModel client) {
        return mappers(client.getClientId(), client);
    }

    private static Stream<String> mappers(String owner, ProtocolMapperContainerModel container) {
        return container
                .getProtocolMappersStream()
                .filter(mapper -> MAPPER.equals(mapper.getProtocolMapper()))
                .filter(mapper -> Objects.requireNonNullElse(mapper.getConfig().get(URL), "")
                        .contains("://"))
                .map(mapper -> owner + "/" + mapper.getName());
    }
}
