package io.github.keycloakmcp.tests.realclients;

import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.server.DocumentHost;
import io.github.keycloakmcp.tests.server.ExampleServers;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Both TypeScript SDKs prefer their metadata document to registering, because the realm's metadata offers it. */
@KeycloakTest(exampleServers = 2, variables = "MCP_ALLOW_LOOPBACK_DOCUMENTS=true")
@DisabledIfSystemProperty(
        named = "keycloak.url",
        matches = ".+",
        disabledReason = "needs a host that the server trusts")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "needs the server's own loopback")
@ResourceLock(NodeScript.COMPUTER)
class MetadataDocumentIT {

    static Stream<NodeScript> sdks() {
        return Stream.of(new NodeScript("sdk1.mjs"), new NodeScript("sdk2.mjs"));
    }

    @ParameterizedTest
    @MethodSource("sdks")
    void useTwoServersUnderTheirMetadataDocument(NodeScript sdk, ExampleServers servers, McpRealm realm) {
        try (DocumentHost host = DocumentHost.start()) {
            String url = host.publish("/" + sdk.name() + ".json", """
                    "client_name": "TypeScript SDK", "redirect_uris": ["http://127.0.0.1/callback"],
                    "grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"],
                    "token_endpoint_auth_method": "none\"""");
            List<String> both = List.of(
                    servers.a().resource().toString(), servers.b().resource().toString());
            JsonNode report = SdkReport.run(sdk, both, "--document=" + url);
            assertThat(SdkReport.of(report)).hasSize(2).allSatisfy(story -> {
                story.reachedTheTool()
                        .isBoundToItsServer()
                        .staysBoundOnRefresh()
                        .opensNothingElse();
                assertThat(story.story().at("/token/claims/azp").asText()).isEqualTo(url);
                assertThat(story.story().has("registration")).isFalse();
            });
            assertThat(realm.clients().ids()).contains(url);
        }
    }
}
