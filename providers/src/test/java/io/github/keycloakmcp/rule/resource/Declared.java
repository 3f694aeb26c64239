package io.github.keycloakmcp.rule.resource;

import java.util.List;
import java.util.Map;

import io.github.keycloakmcp.rule.Refusal;

/** Declarations in tests: servers and a default, with one more thing said about them. */
record Declared(ServersDeclaration declaration) {

    static Declared with(String defaultServer, String... uris) {
        return new Declared(new ServersDeclaration(List.of(uris), Map.of(), defaultServer, false, false));
    }

    Declared aliases(Map<String, String> aliases) {
        return new Declared(new ServersDeclaration(
                declaration.uris(),
                aliases,
                declaration.defaultServer(),
                declaration.clients(),
                declaration.legacyToDefault()));
    }

    Declared openingClients() {
        return new Declared(new ServersDeclaration(
                declaration.uris(),
                declaration.aliases(),
                declaration.defaultServer(),
                true,
                declaration.legacyToDefault()));
    }

    Declared bindingLegacyToDefault() {
        return new Declared(new ServersDeclaration(
                declaration.uris(), declaration.aliases(), declaration.defaultServer(), declaration.clients(), true));
    }

    /** The catalogue; what is left out is added to {@code invalid}. */
    McpServers into(List<Refusal> invalid) {
        return McpServers.declare(declaration, invalid::add);
    }

    /** The catalogue; fails where something is left out. */
    McpServers servers() {
        return McpServers.declare(declaration, refusal -> {
            throw new AssertionError(refusal.description());
        });
    }
}
