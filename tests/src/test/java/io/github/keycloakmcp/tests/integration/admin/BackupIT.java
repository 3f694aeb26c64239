package io.github.keycloakmcp.tests.integration.admin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.Distribution;
import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.DocumentHost;
import io.github.keycloakmcp.tests.server.ServerOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A realm with everything that the extension adds is exported by {@code kc.sh export}, and is the same on an empty server: imported by
 * {@code kc.sh import}, and at the start of the server.
 */
@DisabledIfSystemProperty(named = "keycloak.url", matches = ".+", disabledReason = "starts a server of its own")
@DisabledIfSystemProperty(named = "server", matches = "container", disabledReason = "needs kc.sh of the server")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupIT {

    private final DocumentHost documents = DocumentHost.start();
    private DistributionKeycloak server;
    private List<Backup> backups;

    @BeforeAll
    void exportAndImport() throws IOException {
        server = DistributionKeycloak.start(ServerOptions.ofTestRun().named("keycloak-backup"));
        backups = Stream.of("by-command", "at-start")
                .map(name -> Backup.of(StockRealm.create(server, name), documents))
                .toList();
        server.stop();
        Path home = server.home();
        Shell shell = Shell.in(home)
                .with("JAVA_HOME", System.getProperty("java.home"))
                .with("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1 -XX:-UseG1GC -XX:+UseSerialGC");
        shell.run("bin/kc.sh export --dir backup --users realm_file");
        Distribution.delete(home.resolve("data/h2"));
        shell.run("bin/kc.sh import --file backup/by-command-realm.json");
        Distribution.install(List.of(home.resolve("backup/at-start-realm.json")), home.resolve("data/import"));
        server.restart();
    }

    @AfterAll
    void stop() {
        server.close();
        documents.close();
    }

    Stream<Backup> backups() {
        return backups.stream();
    }

    @ParameterizedTest
    @MethodSource("backups")
    void usersAreNotAskedAgain(Backup backup) {
        aKnownClientLogsInWithoutAQuestion(backup.client());
        aKnownClientLogsInWithoutAQuestion(backup.documented());
        StockRealm.theOldApplicationStillWorks(backup.realm());
    }

    @ParameterizedTest
    @MethodSource("backups")
    void anApprovalThatHadEndedIsNotBroughtBack(Backup backup) {
        McpClient client = backup.again();
        aKnownClientLogsInWithoutAQuestion(client);
        assertThat(Browser.of("alice")
                        .reach(client.authorization().resource(Backup.OTHER).scope("mcp:tools"))
                        .isConsent())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("backups")
    void sessionsAndRegistrationTokensAreNotInTheExport(Backup backup) {
        ErrorAssertion.assertRefused(backup.client().refresh(backup.offline().refresh()), 400);
        assertThat(backup.client().readRegistration(backup.registration()).status())
                .isEqualTo(401);
    }

    private static void aKnownClientLogsInWithoutAQuestion(McpClient client) {
        var request = client.authorization().resource(StockRealm.SERVER).scope("mcp:tools");
        Tokens tokens = client.redeem(
                        request, Browser.of("alice").reach(request).answer())
                .tokens();
        TokenAssertion.assertThat(tokens).isFor(StockRealm.SERVER);
        TokenAssertion.assertThat(client.refresh(tokens.refresh()).tokens()).isFor(StockRealm.SERVER);
    }
}
