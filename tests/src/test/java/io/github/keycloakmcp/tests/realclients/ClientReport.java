package io.github.keycloakmcp.tests.realclients;

import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.server.ExampleServer;
import io.github.keycloakmcp.tests.server.ExampleServers;
import io.github.keycloakmcp.tests.server.Json;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client lived through at one MCP server, as its script reports it, with the assertions that hold for every
 * client.
 *
 * @param story the part of the script's report about this server
 */
record ClientReport(JsonNode story) {

    /** The stories of a script's report, one for each server. */
    static List<ClientReport> of(JsonNode report) {
        return StreamSupport.stream(report.path("servers").spliterator(), false)
                .map(ClientReport::new)
                .toList();
    }

    /** The options that name the MCP servers to a script, with others before them. */
    static String[] options(ExampleServers servers, String... others) {
        Stream<String> both = Stream.of(servers.a(), servers.b())
                .map(ExampleServer::resource)
                .map(resource -> "--server=" + resource);
        return Stream.concat(Stream.of(others), both).toArray(String[]::new);
    }

    String server() {
        return story.path("server").asText();
    }

    /** The pages the user saw. */
    List<String> pages() {
        return story.path("authorization").path("pages").findValuesAsText("kind");
    }

    /** The user was asked for this server, consented, and the client called a tool there in the user's name. */
    ClientReport reachedTheTool() {
        assertThat(story.at("/authorization/resource").asText()).isEqualTo(server());
        assertThat(story.at("/authorization/code_challenge_method").asText()).isEqualTo("S256");
        assertThat(story.at("/authorization/iss").asText())
                .isNotEmpty()
                .isEqualTo(story.at("/token/claims/iss").asText());
        assertThat(story.at("/whoami/preferred_username").asText()).isEqualTo("alice");
        return this;
    }

    /** The token is for this server and no other, and so is what the server itself saw. */
    ClientReport isBoundToItsServer() {
        return isBound(story);
    }

    /** The client got itself another token, without the user, and the binding stayed. */
    ClientReport staysBoundOnRefresh() {
        JsonNode refresh = story.path("refresh");
        assertThat(refresh.path("timesUserWasAsked").asInt(-1)).isZero();
        assertThat(refresh.at("/token/claims/jti")).isNotEqualTo(story.at("/token/claims/jti"));
        return isBound(refresh);
    }

    /** No other server takes the token. */
    ClientReport opensNoOtherServer() {
        assertThat(story.path("elsewhere"))
                .isNotEmpty()
                .allSatisfy(attempt ->
                        assertThat(attempt.path("accepted").asBoolean(true)).isFalse());
        return this;
    }

    private ClientReport isBound(JsonNode part) {
        assertThat(Json.texts(part.at("/token/claims/aud"))).containsExactly(server());
        assertThat(Json.texts(part.at("/whoami/aud"))).containsExactly(server());
        return this;
    }
}
