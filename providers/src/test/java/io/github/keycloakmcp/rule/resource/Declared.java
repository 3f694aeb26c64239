package io.github.keycloakmcp.rule.resource;

import java.util.List;
import java.util.Map;

import io.github.keycloakmcp.rule.Refusal;

/** Declarations in tests: servers and a default, with one more thing said about them. */
record Declared(ServersDeclaration declaration) {

    static Declared with(String standard, String... uris) {
        return new Declared(new ServersDeclaration(List.of(uris), Map.of(), standard, false, false));
    }

    Declared aliases(Map<String, String> aliases) {
        return new Declared(new ServersDeclaration(
                declaration.uris(),
                aliases,
                declaration.standard(),
                declaration.clients(),
                declaration.legacyToDefault()));
    }

    Declared openingClients() {
        return new Declared(new ServersDeclaration(
                declaration.uris(),
                declaration.aliases(),
                declaration.standard(),
                true,
                declaration.legacyToDefault()));
    }

    Declared bindingLegacyToDefault() {
        return new Declared(new ServersDeclaration(
                declaration.uris(), declaration.aliases(), declaration.standard(), declaration.clients(), true));
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
