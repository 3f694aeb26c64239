package com.example;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Compares the scopes of the token with what the called tool needs, before the tool runs. */
public class ToolScopes {

    private static final String READ = "calendar:read";
    private static final String WRITE = "calendar:write";

    /** The scopes that each tool needs. A tool that is not listed cannot be called. */
    private static final Map<String, List<String>> SCOPES = Map.of(
            "list_events", List.of(READ), "whoami", List.of(READ), "add_event", List.of(READ, WRITE));

    @ConfigProperty(name = "quarkus.oidc.token.audience")
    String resource;

    /** After authentication, which has a priority of 200. */
    void register(@Observes Filters filters) {
        filters.register(BodyHandler.create(false), 50);
        filters.register(this::check, 40);
    }

    private void check(RoutingContext request) {
        if (!(request.user() instanceof QuarkusHttpUser user
                && user.getSecurityIdentity().getPrincipal() instanceof JsonWebToken token)) {
            request.next();
            return;
        }
        List<String> granted = List.of(String.valueOf((Object) token.getClaim("scope")).split(" "));
        List<String> tools = messages(request)
                .filter(message -> "tools/call".equals(message.getValue("method")))
                .map(message -> message.getValue("params") instanceof JsonObject call ? String.valueOf(call.getValue("name")) : "")
                .toList();
        if (!SCOPES.keySet().containsAll(tools)) {
            request.response().setStatusCode(403).end(); // a tool that is not listed is closed
            return;
        }
        tools.stream()
                .map(SCOPES::get)
                .filter(needed -> !granted.containsAll(needed))
                .findFirst()
                .ifPresentOrElse(needed -> insufficient(request, needed), request::next);
    }

    /** Names all scopes of the tool, so that the client asks the user once. */
    private void insufficient(RoutingContext request, List<String> needed) {
        String metadata = resource.replaceFirst("^(https?://[^/]+)", "$1/.well-known/oauth-protected-resource");
        request.response()
                .setStatusCode(403)
                .putHeader("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"%s\", resource_metadata=\"%s\""
                        .formatted(String.join(" ", needed), metadata))
                .end();
    }

    /** A message, or a list of messages. */
    private static Stream<JsonObject> messages(RoutingContext request) {
        if (request.body() == null || request.body().length() < 1) {
            return Stream.of();
        }
        Object body = Json.decodeValue(request.body().buffer());
        Stream<?> all = body instanceof JsonArray list ? list.stream() : Stream.of(body);
        return all.filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    }
}
