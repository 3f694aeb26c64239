package io.github.keycloakmcp.rule.registration;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Servers that trust vscode.dev, *.apps.example and cursor, and differ in what else an administrator has switched on. */
enum RedirectSettings {
    NOTHING_MORE(List.of(), List.of()),
    PLAIN_HTTP_HOST(List.of("http://automation:5678"), List.of()),
    KNOWN_CLIENTS(List.of(), KnownClients.all()),
    INSTALLATIONS(List.of(), installations()),
    OWN_CLIENTS(List.of(), own()),
    EVERYTHING(
            List.of("http://automation:5678"),
            Stream.of(KnownClients.all(), installations(), own())
                    .flatMap(List::stream)
                    .toList());

    @SuppressWarnings("ImmutableEnumChecker") // a record with copies of its lists
    private final RedirectUriRule rule;

    RedirectSettings(List<String> hosts, List<KnownClient> known) {
        Stream<String> trusted = Stream.concat(Stream.of("vscode.dev", "*.apps.example"), hosts.stream());
        rule = new RedirectUriRule(trusted.map(TrustedHost::new).toList(), Set.of("cursor"), true, known, false);
    }

    RedirectUriRule rule() {
        return rule;
    }

    private static List<KnownClient> installations() {
        return Stream.of(
                        "n8n=automation.corp.example",
                        "dify=flows.corp.example",
                        "librechat=chat.corp.example",
                        "open-webui=web.corp.example:8443")
                .map(entry -> KnownClients.installed(entry).orElseThrow())
                .toList();
    }

    private static List<KnownClient> own() {
        return Stream.of("helper=https://helper.example.com/cb/{id}", "app=com.example.app:/cb")
                .map(entry -> KnownClients.own(entry).orElseThrow())
                .toList();
    }
}
