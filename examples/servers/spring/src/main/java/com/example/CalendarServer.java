package com.example;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.servlet.http.HttpServletResponse;
import org.springaicommunity.mcp.security.server.config.McpServerOAuth2Configurer;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpToolParam;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestTemplate;

@SpringBootApplication
public class CalendarServer {

    static final String READ = "calendar:read";
    static final String WRITE = "calendar:write";

    /** The scopes that each tool needs. A tool that is not listed cannot be called. */
    static final Map<String, List<String>> SCOPES = Map.of(
            "list_events", List.of(READ), "whoami", List.of(READ), "add_event", List.of(READ, WRITE));

    public static void main(String[] arguments) {
        SpringApplication.run(CalendarServer.class, arguments);
    }

    @Bean
    SecurityFilterChain security(
            HttpSecurity http, @Value("${ISSUER}") String issuer, @Value("${RESOURCE}") String resource) throws Exception {
        String metadata = resource.replaceFirst("^(https?://[^/]+)", "$1/.well-known/oauth-protected-resource");
        return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .with(McpServerOAuth2Configurer.mcpServerOAuth2(), mcp -> mcp.authorizationServer(issuer)
                        .jwtDecoder(decoder(issuer, resource))
                        .protectedResourceMetadataCustomizer(document -> document.resource(resource)
                                .resourceName("Calendar")
                                .authorizationServer(issuer)
                                .tlsClientCertificateBoundAccessTokens(false)
                                .scopes(scopes -> scopes.addAll(List.of(READ, WRITE))))
                        .oauth2ResourceServer(server -> server.authenticationEntryPoint(challenge(metadata))))
                .addFilterAfter(new ToolScopes(SCOPES, metadata), AuthorizationFilter.class)
                // No cookies, tokens only.
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .build();
    }

    /** 401 with the public URL of the metadata, also behind a proxy. */
    private static AuthenticationEntryPoint challenge(String metadata) {
        return (request, response, failure) -> {
            String error = failure instanceof OAuth2AuthenticationException ? "error=\"invalid_token\", " : "";
            response.setHeader("WWW-Authenticate", "Bearer %sresource_metadata=\"%s\"".formatted(error, metadata));
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        };
    }

    /** Signature, issuer and expiry; that the token is for this server and no other; and that it is an access token. */
    private static JwtDecoder decoder(String issuer, String resource) {
        // The keys are read with the first token, so that this server starts without Keycloak. Half a second is the default.
        SimpleClientHttpRequestFactory http = new SimpleClientHttpRequestFactory();
        http.setConnectTimeout(10_000);
        http.setReadTimeout(10_000);
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(issuer + "/protocol/openid-connect/certs")
                .restOperations(new RestTemplate(http))
                .build();
        decoder.setJwtValidator(JwtValidators.createDefaultWithValidators(
                new JwtIssuerValidator(issuer),
                new JwtClaimValidator<List<String>>("aud", audience -> audience != null && audience.contains(resource)),
                new JwtClaimValidator<String>("typ", "Bearer"::equals)));
        return decoder;
    }

    @Component
    static class Calendar {

        private final Map<String, List<String>> events = new ConcurrentHashMap<>();

        @McpTool(name = "list_events", description = "Lists your events")
        public List<String> listEvents() {
            return events.getOrDefault(user().getSubject(), List.of());
        }

        @McpTool(name = "add_event", description = "Adds an event")
        public String addEvent(@McpToolParam(description = "The title") String title) {
            events.computeIfAbsent(user().getSubject(), id -> new CopyOnWriteArrayList<>()).add(title);
            return "added";
        }

        @McpTool(name = "whoami", description = "Shows who you are")
        public Map<String, Object> whoAmI() {
            Map<String, Object> access = user().getClaimAsMap("realm_access");
            return Map.of("userId", user().getSubject(), "roles", access == null ? List.of() : access.get("roles"));
        }

        private static Jwt user() {
            return (Jwt) SecurityContextHolder.getContext().getAuthentication().getPrincipal();
        }
    }
}
