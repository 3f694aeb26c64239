package io.github.keycloakmcp.tests.integration.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Administrators page through the clients of a realm and search them, however many there are. */
@KeycloakTest
class ClientsIT {

    /** More than are read in one transaction. */
    private static final int MANY = 250;

    private final McpRealm realm;

    ClientsIT(McpRealm realm) {
        this.realm = realm;
    }

    @BeforeAll
    static void manyClientsHaveRegistered(McpRealm realm) {
        String clients = IntStream.range(0, MANY).mapToObj(ClientsIT::client).collect(Collectors.joining(","));
        String path = "/partialImport";
        AdminApi.succeeded(
                "POST", path, realm.post(path, "{\"ifResourceExists\": \"FAIL\", \"clients\": [" + clients + "]}"));
    }

    @Test
    void thePagesTogetherHaveEachClientOnce() {
        List<String> seen = all("/mcp/clients?kind=dynamic&search=filler&max=100");
        assertThat(seen).hasSize(MANY).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void aClientIsFoundByItsNameBehindManyOthers() {
        assertThat(all("/mcp/clients?search=NAME%20249")).containsExactly("filler-249");
    }

    @Test
    void whatNoClientHasIsNotFound() {
        assertThat(all("/mcp/clients?search=nowhere")).isEmpty();
        assertThat(all("/mcp/clients?vendor=nowhere.example")).isEmpty();
    }

    private List<String> all(String query) {
        List<String> ids = new ArrayList<>();
        int next = 0;
        do {
            JsonNode page = realm.read(query + "&first=" + next);
            page.path("clients")
                    .forEach(client -> ids.add(client.path("clientId").asText()));
            next = page.path("next").asInt(-1);
        } while (next >= 0);
        return ids;
    }

    private static String client(int number) {
        return """
                {"clientId": "filler-%03d", "name": "Name %d", "publicClient": true,
                 "redirectUris": ["http://127.0.0.1/callback"], "attributes": {"mcp.registered": "1700000000"}}
                """.formatted(number, number);
    }
}
