package io.github.keycloakmcp.tests.integration.resource;

import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients spell a server's URI in many ways; the server compares bytes. So {@code aud} is the declared spelling. */
@KeycloakTest(
        variables = "MCP_SERVERS=https://MCP.Example.com:443/Tools##https://bare.example##https://slash.example/a/")
class ResourceSpellingIT {

    private final McpRealm realm;

    ResourceSpellingIT(McpRealm realm) {
        this.realm = realm;
    }

    @ParameterizedTest
    @CsvSource({
        "https://mcp.example.com/Tools, https://MCP.Example.com:443/Tools",
        "HTTPS://MCP.EXAMPLE.COM:443/Tools, https://MCP.Example.com:443/Tools",
        "https://mcp.example.com/Tools/, https://MCP.Example.com:443/Tools",
        "https://bare.example/, https://bare.example",
        "https://bare.example:443, https://bare.example",
        "https://slash.example/a, https://slash.example/a/"
    })
    void anotherSpellingOfADeclaredServerGivesTheDeclaredOne(String asked, String declared) {
        McpClient client = McpClient.of(realm).registered(ClientMetadata.named("Speller"));
        AuthorizationRequest request = client.authorization().resource(asked);
        Tokens tokens = client.obtain(Browser.of("alice"), request);
        TokenAssertion.assertThat(tokens).isFor(declared);
        TokenAssertion.assertThat(client.refresh(tokens.refresh(), asked).tokens())
                .isFor(declared);
    }
}
