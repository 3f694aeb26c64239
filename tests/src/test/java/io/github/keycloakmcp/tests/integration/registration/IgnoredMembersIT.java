package io.github.keycloakmcp.tests.integration.registration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** With some members of OpenID Connect a client could make the server send requests of its choice. */
@KeycloakTest
class IgnoredMembersIT {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sector_identifier_uri",
                "backchannel_logout_uri",
                "frontchannel_logout_uri",
                "backchannel_client_notification_endpoint",
                "initiate_login_uri",
                "request_uris"
            })
    void anAddressThatTheServerWouldCallIsNeitherCalledNorStored(String member, McpRealm realm) throws IOException {
        try (ServerSocket inside = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String address = "http://127.0.0.1:" + inside.getLocalPort() + "/" + member;
            ClientMetadata metadata = ClientMetadata.named("Caller")
                    .with("subject_type", "pairwise")
                    .with(member, member.endsWith("s") ? List.of(address) : address);
            Registration answer = McpClient.of(realm).register(metadata);
            answer.expect(201);
            assertThat(realm.clients().get(answer.clientId()).toString()).doesNotContain(address);
            inside.setSoTimeout(200);
            assertThatThrownBy(inside::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subject_type",
                "id_token_signed_response_alg",
                "userinfo_signed_response_alg",
                "request_object_signing_alg",
                "backchannel_authentication_request_signing_alg",
                "token_endpoint_auth_signing_alg",
                "tls_client_auth_subject_dn",
                "client_secret",
                "registration_access_token"
            })
    void aMemberThatNoMcpClientNeedsChangesNothing(String member, McpRealm realm) {
        ClientMetadata metadata = ClientMetadata.named("Bogus").with(member, "bogus-value");
        Registration answer = McpClient.of(realm).register(metadata);
        answer.expect(201);
        JsonNode stored = realm.clients().get(answer.clientId());
        assertThat(stored.toString()).doesNotContain("bogus-value");
        assertThat(answer.reply().body()).doesNotContain("bogus-value");
    }

    /** What Keycloak's own registration endpoint would read is no metadata: here it is one more unknown member. */
    @ParameterizedTest
    @MethodSource("io.github.keycloakmcp.tests.integration.registration.RawEndpoint#wider")
    void whatKeycloaksOwnRepresentationWouldGiveIsNotGiven(RawEndpoint.Wider wider, McpRealm realm) {
        ObjectNode smuggled = ClientMetadata.unique("Smuggler").json();
        smuggled.setAll(Json.parseObject("{" + wider.members() + "}"));
        Registration plain = McpClient.of(realm).register(ClientMetadata.unique("Smuggler"));
        Registration answer = McpClient.of(realm).register(smuggled.toString());
        answer.expect(201);
        assertThat(behaviour(realm, answer)).isEqualTo(behaviour(realm, plain));
    }

    /** A scope that the realm does not offer to clients is not given, whatever it is called. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin",
                "realm-management",
                "roles-of-others",
                "mcp:*",
                "*",
                "mcp:tools mcp:admin",
                "offline_access realm-admin manage-users",
                "service_account",
                "../mcp:tools",
                "MCP:TOOLS",
                "a,b;c",
                "\u0430dmin"
            })
    void aScopeThatIsNotOfferedIsNotGiven(String scope, McpRealm realm) {
        if (!realm.scopes().names().contains("roles-of-others")) {
            realm.scopes().create("{\"name\": \"roles-of-others\", \"protocol\": \"openid-connect\"}");
        }
        Registration plain = McpClient.of(realm).register(ClientMetadata.unique("Modest"));
        Registration answer =
                McpClient.of(realm).register(ClientMetadata.unique("Greedy").scope(scope));
        answer.expect(201);
        assertThat(answer.scopes()).isSubsetOf("mcp:tools", "offline_access");
        assertThat(behaviour(realm, answer)).isEqualTo(behaviour(realm, plain));
    }

    /** The stored client without what tells one client from another. */
    private static JsonNode behaviour(McpRealm realm, Registration answer) {
        ObjectNode stored = (ObjectNode) realm.clients().get(answer.clientId());
        stored.remove(List.of("id", "clientId", "name", "secret"));
        ((ObjectNode) stored.path("attributes")).remove(List.of("mcp.registered", "client.secret.creation.time"));
        return stored;
    }
}
