package io.github.keycloakmcp.tests.integration.admin;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.ClientMetadata;
import io.github.keycloakmcp.tests.client.ErrorAssertion;
import io.github.keycloakmcp.tests.client.Http;
import io.github.keycloakmcp.tests.client.McpClient;
import io.github.keycloakmcp.tests.client.TokenAssertion;
import io.github.keycloakmcp.tests.client.Tokens;
import io.github.keycloakmcp.tests.server.AdminApi;
import io.github.keycloakmcp.tests.server.Distribution;
import io.github.keycloakmcp.tests.server.DistributionKeycloak;
import io.github.keycloakmcp.tests.server.DocumentHost;
import io.github.keycloakmcp.tests.server.McpRealm;
import io.github.keycloakmcp.tests.server.ServerOptions;
import io.github.keycloakmcp.tests.server.TestSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
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
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackupIT {

    private static final Pattern DOWNGRADE = Pattern.compile("### Downgrade\n.*?\n### ", Pattern.DOTALL);
    private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

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
        server.restart(); // an administrator is made for an empty database only
        server.stop();
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
    @Order(1)
    void aRestoredRealmIsTheSame(Backup backup) {
        McpRealm realm = backup.realm();
        assertThat(Backup.settings(realm)).isEqualTo(backup.settings());
        assertThat(Backup.parts(realm)).isEqualTo(backup.parts());
        assertThat(realm.read("/mcp").path("pending")).isEmpty();
        assertThat(realm.read("/mcp/diagnosis").path("ok").asBoolean()).isTrue();
        assertThat(Backup.approvals(realm)).isEqualTo(backup.approvals());
        assertThat(StockRealm.administrator(realm, "clerk")
                        .get(TeamRealm.uri(realm, "/servers"))
                        .body())
                .contains(TeamRealm.CALENDAR)
                .doesNotContain(TeamRealm.PAY);
        assertThat(Http.plain().get(URI.create(realm.issuer() + "/mcp-admin/")).statusCode())
                .isEqualTo(200);
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

    @ParameterizedTest
    @MethodSource("backups")
    @Order(Integer.MAX_VALUE)
    void aRestoredRealmIsConvertedAndDisabled(Backup backup) {
        McpRealm realm = backup.realm();
        String convert = "/mcp/servers/conversion";
        assertThat(AdminApi.succeeded("POST", convert, realm.post(convert, "")).asString())
                .contains(StockRealm.SERVER, Backup.OTHER);
        AdminApi.succeeded("DELETE", "/mcp", realm.delete("/mcp"));
        ErrorAssertion.assertRefused(McpClient.of(realm).register(ClientMetadata.unique("Late")), 403)
                .saying("Trusted Hosts");
        StockRealm.theOldApplicationStillWorks(realm);
    }

    private static void aKnownClientLogsInWithoutAQuestion(McpClient client) {
        var request = client.authorization().resource(StockRealm.SERVER).scope("mcp:tools");
        Tokens tokens = client.redeem(
                        request, Browser.of("alice").reach(request).answer())
                .tokens();
        TokenAssertion.assertThat(tokens).isFor(StockRealm.SERVER);
        TokenAssertion.assertThat(client.refresh(tokens.refresh()).tokens()).isFor(StockRealm.SERVER);
    }

    /** The jar stays the same here; what an older one would do is read the document again. */
    @Test
    @Order(Integer.MAX_VALUE - 1)
    void theCommandsOfADowngradeKeepServersAndClients() throws IOException {
        McpRealm realm = backups.get(0).realm();
        McpClient client = backups.get(0).client();
        JsonNode document = realm.read("/mcp").path("document");
        Shell kcadm = Shell.in(server.home()).administering(server);
        List<String> commands = DOWNGRADE
                .matcher(Files.readString(TestSettings.realmConfig().resolve("../docs/operations.md")))
                .results()
                .flatMap(section -> COMMANDS.matcher(section.group()).results())
                .flatMap(found -> Stream.of(found.group(1)
                        .replace("-r example", "-r " + realm.name())
                        .split("# put the older jar .*\n")))
                .toList();
        assertThat(commands).hasSize(2);
        kcadm.run(commands.get(0));
        assertThat(realm.read("/mcp").path("document")).isEmpty();
        assertThat(Browser.of("alice")
                        .reach(client.authorization()
                                .resource(StockRealm.SERVER)
                                .scope("mcp:tools"))
                        .answer()
                        .error())
                .contains("invalid_scope");
        kcadm.run(commands.get(1));
        assertThat(realm.read("/mcp").path("document")).isEqualTo(document);
        TokenAssertion.assertThat(Backup.approve(client, StockRealm.SERVER, "mcp:tools"))
                .isFor(StockRealm.SERVER);
    }
}
