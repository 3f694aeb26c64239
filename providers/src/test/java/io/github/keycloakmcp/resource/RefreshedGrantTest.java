package io.github.keycloakmcp.resource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.RefreshToken;
import org.keycloak.util.JsonSerialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a mapper reads of a refresh token is what the post-processor gets of the token that Keycloak has read. */
class RefreshedGrantTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"jti\": \"1\", \"scope\": \"openid mcp:tools\", \"reuse_id\": \"r\", \"mcp_resource\": [\"https://a.example/mcp\"]}",
                "{\"mcp_resource\": [\"https://a.example/mcp\", \"https://b.example/mcp\"], \"exp\": 1, \"sub\": \"u\"}",
                "{\"mcp_resource\": [], \"mcp_act\": {\"jti\": \"2\", \"mcp_resource\": [\"https://b.example/mcp\"]}, \"jti\": \"1\"}",
                "{\"mcp_resource\": \"https://a.example/mcp\"}",
                "{\"mcp_resource\": null, \"scope\": null}",
                "{\"mcp_resource\": {\"uri\": \"https://a.example/mcp\"}, \"scope\": \"a\"}",
                "{\"cnf\": {\"jkt\": \"x\"}, \"nested\": [[{\"scope\": \"b\"}]], \"scope\": \"a\"}"
            })
    void isTheSameWhicheverReadsIt(String claims) throws IOException {
        RefreshedGrant read = RefreshedGrant.read(claims.getBytes(StandardCharsets.UTF_8));
        RefreshedGrant ofKeycloak = RefreshedGrant.of(JsonSerialization.readValue(claims, RefreshToken.class));
        assertThat(read).usingRecursiveComparison().ignoringFields("id").isEqualTo(ofKeycloak);
    }

    @Test
    void tellsWhatTheTokenCarries() throws IOException {
        assertThat(RefreshedGrant.read(
                        "{\"jti\": \"1\", \"scope\": \"a b\", \"reuse_id\": \"r\", \"mcp_resource\": [\"https://a.example\"]}"
                                .getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new RefreshedGrant("1", "a b", List.of("https://a.example"), "r"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"scope\": \"a\"", "{\"mcp_resource\": [\"a\"", "\"text\""})
    void whatIsNoObjectIsNotRead(String claims) {
        assertThatThrownBy(() -> RefreshedGrant.read(claims.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }
}
