package io.github.keycloakmcp.tests.integration.registration;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.AuthorizationRequest;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.Registration;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A client that nobody here knows registers itself, and becomes a safe one. */
@KeycloakTest
class RegistrationIT {

    @Test
    void aClientThatAsksForNoScopeIsToldWhatItMayUse(McpRealm realm) {
        Registration answer = registered(realm, ClientMetadata.named("No scope"));
        assertThat(answer.scopes()).containsExactlyInAnyOrder("mcp:tools", "email", "profile", "offline_access");
        assertThat(answer.grantTypes()).containsExactlyInAnyOrder("authorization_code", "refresh_token");
        assertThat(answer.clientSecret()).isEmpty();
        assertThat(answer.json().path("token_endpoint_auth_method").asText()).isEqualTo("none");
        assertThat(answer.header("Location")).contains(answer.managementUri().toString());
        assertThat(realm.events("CLIENT_REGISTER").get(0).clientId()).contains(answer.clientId());
    }

    @Test
    void whatIsStoredIsAPublicClientForTheCodeFlowWithPkceAndConsent(McpRealm realm) {
        JsonNode stored = realm.clients()
                .get(registered(realm, ClientMetadata.named("Stored")).clientId());
        assertThat(stored.path("publicClient").asBoolean()).isTrue();
        assertThat(stored.path("consentRequired").asBoolean()).isTrue();
        assertThat(stored.path("fullScopeAllowed").asBoolean(true)).isFalse();
        assertThat(stored.path("standardFlowEnabled").asBoolean()).isTrue();
        for (String flow : List.of("implicitFlowEnabled", "directAccessGrantsEnabled", "serviceAccountsEnabled")) {
            assertThat(stored.path(flow).asBoolean(true)).as(flow).isFalse();
        }
        assertThat(stored.path("attributes").path("pkce.code.challenge.method").asText())
                .isEqualTo("S256");
        assertThat(stored.path("attributes").path("mcp.registered").asLong())
                .isBetween(Instant.now().getEpochSecond() - 60, Instant.now().getEpochSecond() + 60);
    }

    @Test
    void aLoopbackRedirectIsKeptAndWorksOnAnyPort(McpRealm realm) {
        ClientMetadata metadata = ClientMetadata.named("Loopback")
                .redirects(
                        "http://localhost:4711/cb?x=1",
                        "http://[::1]:4711/cb",
                        "https://claude.ai/api/mcp/auth_callback");
        String[] effective = {
            "http://localhost:4711/cb?x=1",
            "http://localhost/cb?x=1",
            "http://[::1]:4711/cb",
            "http://[::1]/cb",
            "https://claude.ai/api/mcp/auth_callback"
        };
        Registration answer = registered(realm, metadata);
        assertThat(answer.redirectUris()).containsExactlyInAnyOrder(effective);
    }

    @Test
    void membersThatKeycloakDoesNotKnowAreIgnored(McpRealm realm) {
        ClientMetadata metadata = ClientMetadata.named("Unknown members")
                .with("software_statement_hint", "x")
                .with("client_name#de", "Unbekannt")
                .with("x", Map.of("deep", List.of(1, Map.of())));
        Registration answer = registered(realm, metadata);
        assertThat(answer.json().has("x")).isFalse();
    }

    @Test
    void theApplicationTypeIsToldBack(McpRealm realm) {
        Registration answer = registered(realm, ClientMetadata.named("Native").with("application_type", "native"));
        assertThat(answer.json().path("application_type").asText()).isEqualTo("native");
    }

    @Test
    void unknownScopesAreDroppedAndTheAnswerSaysSo(McpRealm realm) {
        ClientMetadata metadata = ClientMetadata.named("Scopes").scope("openid mcp:tools mcp:* files:read roles");
        Registration answer = registered(realm, metadata);
        assertThat(answer.scopes()).containsExactlyInAnyOrder("openid", "mcp:tools", "roles");
    }

    /** Some clients compare it with their request as text, and throw their tokens away where it differs. */
    @ParameterizedTest
    @CsvSource({
        "openid profile mcp:tools, openid profile mcp:tools",
        "offline_access mcp:tools openid, offline_access mcp:tools openid",
        "' mcp:tools  openid ', mcp:tools openid",
        "' offline_access', offline_access mcp:tools"
    })
    void theScopeIsAnsweredInTheOrderOfTheRequestAndBlanksAreForgiven(String scope, String answered, McpRealm realm) {
        Registration answer = registered(realm, ClientMetadata.named("Order").scope(scope));
        assertThat(answer.json().path("scope").asText()).isEqualTo(answered);
    }

    @Test
    void aRegisteredScopeTakesNothingAway(McpRealm realm) {
        for (String scope : List.of("mcp:tools", "openid", "nonsense", "profile offline_access", "")) {
            Registration answer =
                    registered(realm, ClientMetadata.named("Scope").scope(scope));
            assertThat(answer.scopes()).as(scope).contains("mcp:tools");
            assertThat(realm.clients().defaultScopes(answer.clientId()))
                    .as("default scopes after " + scope)
                    .containsExactlyInAnyOrder("basic", "profile", "email", "roles", "web-origins", "acr", "mcp:tools");
            assertThat(realm.clients().optionalScopes(answer.clientId()))
                    .as("optional scopes after " + scope)
                    .containsExactlyInAnyOrder(
                            "offline_access", "address", "phone", "microprofile-jwt", "organization");
        }
    }

    @Test
    void aScopeThatTheRealmAddsToItsDefaultsComesWithTheNextClient(McpRealm realm) {
        realm.scopes().create("{\"name\": \"house\", \"protocol\": \"openid-connect\"}");
        String path = "/default-default-client-scopes/"
                + realm.scopes().get("house").path("id").asText();
        realm.put(path, "{}");
        try {
            Registration answer =
                    registered(realm, ClientMetadata.named("House").scope("mcp:tools"));
            assertThat(realm.clients().defaultScopes(answer.clientId())).contains("house", "mcp:tools", "basic");
        } finally {
            realm.delete(path);
        }
    }

    @Test
    void aConfidentialClientGetsASecretAndTheSameRules(McpRealm realm) {
        Registration answer =
                registered(realm, ClientMetadata.named("Server side").confidential());
        assertThat(answer.clientSecret()).isPresent();
        JsonNode stored = realm.clients().get(answer.clientId());
        assertThat(stored.path("consentRequired").asBoolean()).isTrue();
        assertThat(stored.path("serviceAccountsEnabled").asBoolean(true)).isFalse();
        assertThat(stored.path("attributes").path("pkce.code.challenge.method").asText())
                .isEqualTo("S256");
    }

    @ParameterizedTest
    @CsvSource({
        "native, http://localhost:4711/cb, none",
        "'',     http://127.0.0.1:4711/cb, none",
        "'',     cursor://anysphere.cursor-mcp/oauth/callback, none",
        "native, https://claude.ai/api/mcp/auth_callback, none",
        "web,    http://localhost:3000/cb, client_secret_basic",
        "'',     https://claude.ai/api/mcp/auth_callback, client_secret_basic"
    })
    void aClientThatDoesNotSayHowItAuthenticatesGetsASecretOnlyIfItCanKeepOne(
            String type, String uri, String method, McpRealm realm) {
        ClientMetadata silent = ClientMetadata.named("Silent").redirects(uri).without("token_endpoint_auth_method");
        Registration answer = registered(realm, type.isEmpty() ? silent : silent.with("application_type", type));
        assertThat(answer.json().path("token_endpoint_auth_method").asText()).isEqualTo(method);
        assertThat(answer.clientSecret().isPresent()).isEqualTo(!method.equals("none"));
        assertThat(answer.json().path("application_type").asText()).isEqualTo(type);
        assertThat(realm.clients().get(answer.clientId()).path("publicClient").asBoolean())
                .isEqualTo(method.equals("none"));
    }

    /** The default of RFC 7591 is answered, but what a client has not chosen is not required of it. */
    @Test
    void aSecretIsTakenInTheHeaderAndInTheBodyWhereTheClientHasNotChosen(McpRealm realm) {
        String uri = "https://claude.ai/api/mcp/auth_callback";
        Registration answer =
                registered(realm, ClientMetadata.unique("Hosted").redirects(uri).without("token_endpoint_auth_method"));
        McpClient inHeader = McpClient.of(realm).identifiedBy(answer);
        AuthorizationRequest request = inHeader.authorization().resource(McpRealm.SERVER_A);
        TokenAssertion.assertThat(inHeader.obtain(Browser.of("alice"), request)).isFor(McpRealm.SERVER_A);
        McpClient inBody = McpClient.of(realm).identifiedBy(answer.clientId(), null, uri);
        Form form = inBody.codeForm(request, Browser.of("alice").authorize(request))
                .with("client_secret", answer.clientSecret().orElseThrow());
        TokenAssertion.assertThat(inBody.token(form).tokens()).isFor(McpRealm.SERVER_A);
    }

    @ParameterizedTest
    @CsvSource({
        "grant_types, authorization_code urn:ietf:params:oauth:grant-type:token-exchange, grant_types: urn:ietf",
        "grant_types, refresh_token, grant_types: authorization_code is missing",
        "response_types, magic, response_types: magic is not allowed"
    })
    void aRefusalNamesTheMemberAtFault(String member, String values, String problem, McpRealm realm) {
        ClientMetadata metadata = ClientMetadata.named("At fault")
                .without("response_types")
                .without("token_endpoint_auth_method")
                .with(member, List.of(values.split(" ")));
        RefusalCheck.ofRegistrations(realm)
                .refused(() -> McpClient.of(realm).register(metadata), 400, "invalid_client_metadata")
                .saying(problem);
    }

    @Test
    void keysThatAreMissingAreNamed(McpRealm realm) {
        ClientMetadata metadata = ClientMetadata.named("Keyless").with("token_endpoint_auth_method", "private_key_jwt");
        RefusalCheck.ofRegistrations(realm)
                .refused(() -> McpClient.of(realm).register(metadata), 400, "invalid_client_metadata")
                .saying("private_key_jwt requires jwks or jwks_uri");
    }

    @Test
    void implicitAndHybridResponsesAreNeverStored(McpRealm realm) {
        ClientMetadata hybrid = ClientMetadata.named("Hybrid")
                .with("response_types", List.of("code", "code id_token"))
                .with("grant_types", List.of("authorization_code", "implicit"));
        Registration answer = registered(realm, hybrid);
        assertThat(answer.grantTypes()).containsExactly("authorization_code");
        assertThat(answer.json().path("response_types").toString()).isEqualTo("[\"code\"]");
        assertThat(realm.clients()
                        .get(answer.clientId())
                        .path("implicitFlowEnabled")
                        .asBoolean(true))
                .isFalse();
    }

    private static Registration registered(McpRealm realm, ClientMetadata metadata) {
        Registration answer = McpClient.of(realm).register(metadata);
        answer.expect(201);
        return answer;
    }
}
