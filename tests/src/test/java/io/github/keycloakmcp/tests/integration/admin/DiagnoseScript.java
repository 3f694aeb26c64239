package io.github.keycloakmcp.tests.integration.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.TestSettings;

/**
 * The script {@code diagnose.sh}, run by an administrator of the realm. In place of {@code kcadm.sh}, which starts a Java
 * machine for each call, it finds a few lines of curl; {@link LeavingIT} runs it with the real one.
 *
 * @param realm the realm
 * @param bin the folder with what stands in for {@code kcadm.sh}
 * @param user the administrator
 */
record DiagnoseScript(McpRealm realm, Path bin, String user) {

    private static final String KCADM = """
            #!/usr/bin/env bash
            set -euo pipefail
            path=$2; shift 2; query=()
            while [ $# -gt 0 ]; do
                case $1 in -r) realm=$2 ;; -q) query+=(--data-urlencode "$2") ;; esac
                shift 2
            done
            token=$(curl -sSf -d "grant_type=password&client_id=admin-cli&username=$KC_USER&password=$KC_USER" \\
                "$KC_URL/realms/$realm/protocol/openid-connect/token" | jq -r .access_token)
            curl -sSfG -H "Authorization: Bearer $token" ${KC_HEADER:+-H "$KC_HEADER"} \\
                ${query[@]+"${query[@]}"} "$KC_URL/admin/realms/$realm/$path"
            """;

    static DiagnoseScript in(Path folder, McpRealm realm, String user) throws IOException {
        Path kcadm = Files.writeString(folder.resolve("kcadm.sh"), KCADM);
        if (!kcadm.toFile().setExecutable(true)) {
            throw new IllegalStateException(kcadm + " cannot be made executable");
        }
        return new DiagnoseScript(realm, folder, user);
    }

    /** Runs it with these options; its exit status is the last line. */
    String run(String options, String header) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PATH",
                bin + ":" + System.getenv("PATH"),
                "KC_URL",
                realm.server().url().toString(),
                "KC_USER",
                user));
        if (!header.isEmpty()) {
            environment.put("KC_HEADER", header);
        }
        Path folder = TestSettings.realmConfig().resolve("existing-realm");
        return new Shell(folder, Map.copyOf(environment))
                .run("./diagnose.sh " + realm.name() + " " + options + " || echo exit $?");
    }
}
