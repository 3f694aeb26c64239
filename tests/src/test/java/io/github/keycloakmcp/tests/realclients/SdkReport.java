package io.github.keycloakmcp.tests.realclients;

import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.server.Json;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an SDK client lived through at one MCP server. Its script sees every exchange, so there is more to assert than for
 * other clients.
 *
 * @param story the part of the script's report about this server
 */
record SdkReport(JsonNode story) {

    /** Runs a script against MCP servers, in this order, in one browser session. */
    static JsonNode run(NodeScript script, List<String> servers, String... options) {
        String redirectUri = "--redirect-uri=http://127.0.0.1:33418/callback";
        String[] all = Stream.of(Stream.of(redirectUri), servers.stream().map(s -> "--server=" + s), Stream.of(options))
                .flatMap(part -> part)
                .toArray(String[]::new);
        return script.run(all);
    }

    /** The stories of {@link #run}, one for each server. */
    static List<SdkReport> of(NodeScript script, List<String> servers, String... options) {
        return of(run(script, servers, options));
    }

    /** The stories of a script's report, one for each server. */
    static List<SdkReport> of(JsonNode report) {
        return StreamSupport.stream(report.path("servers").spliterator(), false)
                .map(SdkReport::new)
                .toList();
    }

    private ClientReport common() {
        return new ClientReport(story);
    }

    /** The scope the client asked for at registration, or nothing. */
    String registeredScope() {
        return story.path("registration").path("request").path("scope").asText();
    }

    /** The scope the client asked the user for, or nothing. */
    String requestedScope() {
        return story.path("authorization").path("scope").asText();
    }

    /** The pages the user saw. */
    List<String> pages() {
        return common().pages();
    }

    /** The scopes of the first access token. */
    List<String> grantedScopes() {
        return List.of(story.at("/token/claims/scope").asText().split(" ", -1));
    }

    /** Every step from the first 401 to the tool call, in the order of the specification. */
    SdkReport reachedTheToolFromNothing() {
        reachedTheTool();
        assertThat(steps(story)).containsSubsequence("authorization-server-metadata 200", "registration 201", "user");
        assertThat(registration().path("client_id").asText())
                .isNotEmpty()
                .isEqualTo(story.at("/token/claims/azp").asText());
        return this;
    }

    /** Every step but the registration, which the client brought along. */
    SdkReport reachedTheTool() {
        assertThat(steps(story))
                .startsWith("mcp 401", "resource-metadata 200", "authorization-server-metadata 200")
                .containsSubsequence("user", "token:authorization_code 200", "mcp 200");
        common().reachedTheTool();
        return this;
    }

    /** The token is for this server and no other, and so is what the server itself saw. */
    SdkReport isBoundToItsServer() {
        common().isBoundToItsServer();
        return this;
    }

    /** The SDK refreshed by itself, without the user, and the binding stayed. */
    SdkReport staysBoundOnRefresh() {
        assertThat(steps(story.path("refresh")))
                .startsWith("mcp 401", "token:refresh_token 200")
                .endsWith("mcp 200");
        common().staysBoundOnRefresh();
        return this;
    }

    /** No other server takes the token, and no refresh leads to another server. */
    SdkReport opensNothingElse() {
        common().opensNoOtherServer();
        assertThat(story.path("elsewhere"))
                .allSatisfy(attempt -> assertThat(steps(attempt)).containsExactly("mcp 401"));
        assertThat(story.path("refreshElsewhere")).isNotEmpty().allSatisfy(attempt -> {
            assertThat(steps(attempt)).containsExactly("token:refresh_token 400");
            assertThat(attempt.path("error").asText()).isEqualTo("invalid_target");
        });
        return this;
    }

    /** A refused refresh does not use up the refresh token, although tokens rotate. */
    SdkReport losesNothingByBeingRefused() {
        opensNothingElse();
        JsonNode again = story.path("refreshAgain");
        assertThat(Json.texts(again.at("/claims/aud"))).as("%s", again).containsExactly(common().server());
        return this;
    }

    private JsonNode registration() {
        return story.path("registration").path("response");
    }

    private static List<String> steps(JsonNode part) {
        return Json.texts(part.path("trace"));
    }
}
