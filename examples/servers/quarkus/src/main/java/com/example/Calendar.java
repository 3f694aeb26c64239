package com.example;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolArg;
import jakarta.inject.Inject;
import org.eclipse.microprofile.jwt.JsonWebToken;

public class Calendar {

    private static final Map<String, List<String>> EVENTS = new ConcurrentHashMap<>();

    @Inject
    JsonWebToken token;

    @Tool(name = "list_events", description = "Lists your events")
    String listEvents() {
        return String.join(", ", EVENTS.getOrDefault(token.getSubject(), List.of()));
    }

    @Tool(name = "add_event", description = "Adds an event")
    String addEvent(@ToolArg(description = "The title") String title) {
        EVENTS.computeIfAbsent(token.getSubject(), id -> new CopyOnWriteArrayList<>()).add(title);
        return "added";
    }

    @Tool(name = "whoami", description = "Shows who you are")
    String whoAmI() {
        return token.getSubject() + " " + token.getClaim("realm_access"); // {"roles": [...]}
    }
}
