package io.github.keycloakmcp.tests.integration.discovery;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.HttpReply;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Wherever a client looks first, it finds the metadata, and the same everywhere (RFC 8414 section 3). */
@KeycloakTest
class MetadataLocationsIT {

    @ParameterizedTest
    @EnumSource
    void answersWithJson(Location location, McpRealm realm) {
        HttpReply answer = location.read(realm.issuer());
        answer.expect(200);
        assertThat(answer.header("Content-Type").orElse("")).startsWith("application/json");
    }

    @ParameterizedTest
    @EnumSource
    void namesTheIssuerThatWasAskedFor(Location location, McpRealm realm) {
        assertThat(location.read(realm.issuer()).json().path("issuer").asText())
                .isEqualTo(realm.issuer().toString());
    }

    @ParameterizedTest
    @EnumSource
    void saysTheSameEverywhere(Location location, McpRealm realm) {
        assertThat(location.read(realm.issuer()).json()).isEqualTo(Location.document(realm.issuer()));
    }

    @ParameterizedTest
    @EnumSource
    void mayBeReadByAProgramInAnyBrowser(Location location, McpRealm realm) {
        Http program =
                Http.plain().with("Origin", "https://program.example").with("MCP-Protocol-Version", "2026-07-28");
        HttpReply preflight = program.preflight(location.of(realm.issuer()), "GET", "mcp-protocol-version");
        preflight.expect(200);
        assertThat(preflight.header("Access-Control-Allow-Origin")).contains("https://program.example");
        assertThat(preflight.header("Access-Control-Allow-Methods").orElse("")).contains("GET");
        assertThat(preflight.header("Access-Control-Allow-Headers").orElse(""))
                .containsIgnoringCase("MCP-Protocol-Version");
        HttpReply answer = program.get(location.of(realm.issuer()));
        answer.expect(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).contains("https://program.example");
    }

    @Test
    void hasNoMemberWithoutValues(McpRealm realm) {
        JsonNode document = Location.document(realm.issuer());
        assertThat(List.copyOf(document.properties()))
                .isNotEmpty()
                .extracting(Map.Entry::getValue)
                .noneMatch(value -> value.isNull() || (value.isArray() && value.isEmpty()));
    }
}
