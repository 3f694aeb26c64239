package io.github.keycloakmcp.settings;

import java.util.ArrayList;
import java.util.List;

import io.github.keycloakmcp.platform.Setting;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.registration.KnownClient;
import io.github.keycloakmcp.rule.registration.KnownClients;
import io.github.keycloakmcp.rule.registration.TrustedHost;
import org.junit.jupiter.api.Test;
import org.keycloak.component.ComponentModel;

import static org.assertj.core.api.Assertions.assertThat;

/** How a registration policy is read from Keycloak's model. */
class RegistrationSettingsTest {

    private final ComponentModel policy = new ComponentModel();
    private final List<String> invalid = new ArrayList<>();

    @Test
    void trustsNobodyByDefaultButProgramsOnTheUsersComputer() {
        RegistrationSettings settings = read();
        assertThat(settings.hosts()).isEmpty();
        assertThat(settings.schemes()).isEmpty();
        assertThat(settings.loopback()).isTrue();
        assertThat(settings.forcedScopes()).containsExactly("mcp:tools");
        assertThat(settings.origins()).isEmpty();
        assertThat(check().limits().maxClients()).isEqualTo(10_000);
        assertThat(invalid).isEmpty();
    }

    @Test
    void readsEverySetting() {
        set("trusted-hosts", "VSCode.dev", "*.apps.example claude.ai");
        set("private-use-schemes", "cursor,com.example.app");
        set("allow-loopback", "false");
        set("forced-scopes", "mcp:tools mcp:admin");
        set("allowed-origins", "http://localhost:6274", "https://app.example");
        set("known-clients", "cursor, vscode");
        set("any-https-redirect", "true");
        set("max-clients", "0");
        RegistrationSettings settings = read();
        assertThat(settings.hosts())
                .extracting(TrustedHost::pattern)
                .containsExactly("vscode.dev", "*.apps.example", "claude.ai");
        assertThat(settings.schemes()).containsExactlyInAnyOrder("cursor", "com.example.app");
        assertThat(settings.loopback()).isFalse();
        assertThat(settings.forcedScopes()).containsExactlyInAnyOrder("mcp:tools", "mcp:admin");
        assertThat(settings.origins()).containsExactly("http://localhost:6274", "https://app.example");
        assertThat(settings.known()).extracting(KnownClient::id).containsExactly("cursor", "vscode");
        assertThat(settings.anyHttps()).isTrue();
        assertThat(check().limits().maxClients()).isZero();
        assertThat(invalid).isEmpty();
    }

    @Test
    void forgivesANameThatIsListedTwice() {
        set("forced-scopes", "mcp:tools", "mcp:tools");
        set("private-use-schemes", "cursor cursor");
        assertThat(read().forcedScopes()).containsExactly("mcp:tools");
        assertThat(read().schemes()).containsExactly("cursor");
    }

    @Test
    void anAsteriskIsEveryKnownClientAndAnUnknownOneIsReported() {
        set("known-clients", "*");
        assertThat(read().known()).isEqualTo(KnownClients.all());
        set("known-clients", "claude nobody");
        assertThat(read().known()).extracting(KnownClient::id).containsExactly("claude");
        assertThat(invalid).containsExactly("known-clients: not a known client: nobody");
    }

    @Test
    void leavesOutWhatIsNoHostAndReportsIt() {
        set("trusted-hosts", "https://vscode.dev/", "*.com", "*", "claude.ai");
        assertThat(read().hosts()).extracting(TrustedHost::pattern).containsExactly("claude.ai");
        assertThat(invalid)
                .containsExactly(
                        "trusted-hosts: not a host name, *.domain or http://host: https://vscode.dev/",
                        "trusted-hosts: not a host name, *.domain or http://host: *.com",
                        "trusted-hosts: not a host name, *.domain or http://host: *");
    }

    @Test
    void leavesOutADangerousSchemeAndReportsIt() {
        set("private-use-schemes", "javascript", "https", "cursor", "Cursor");
        assertThat(read().schemes()).containsExactly("cursor");
        assertThat(invalid)
                .containsExactly(
                        "private-use-schemes: not a private-use scheme: javascript",
                        "private-use-schemes: not a private-use scheme: https",
                        "private-use-schemes: not a private-use scheme: Cursor");
    }

    @Test
    void keepsTheDefaultForANumberThatIsNoneAndReportsIt() {
        set("max-clients", "-1");
        assertThat(check().limits().maxClients()).isEqualTo(10_000);
        assertThat(invalid).singleElement().asString().startsWith("max-clients: not a whole number");
    }

    @Test
    void makesTheRuleOfItsHostsSchemesAndLoopback() {
        set("trusted-hosts", "vscode.dev");
        set("private-use-schemes", "cursor");
        set("allow-loopback", "false");
        assertThat(read().redirectUriRule().judge("https://vscode.dev/cb")).isInstanceOf(Verdict.Allowed.class);
        assertThat(read().redirectUriRule().judge("cursor://host/cb")).isInstanceOf(Verdict.Allowed.class);
        assertThat(read().redirectUriRule().judge("http://localhost/cb")).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void showsEverySettingUnderItsPublicName() {
        assertThat(RealmSettings.OF_POLICY)
                .extracting(Setting::key)
                .containsExactly(
                        "known-clients",
                        "own-known-clients",
                        "trusted-hosts",
                        "private-use-schemes",
                        "allow-loopback",
                        "any-https-redirect",
                        "forced-scopes",
                        "allowed-origins",
                        "idempotent",
                        "allowed-senders",
                        "registrations-per-sender",
                        "registrations-per-realm",
                        "registration-window",
                        "max-clients",
                        "max-never-used-clients",
                        "clean-up",
                        "unused-client-lifetime",
                        "never-used-client-lifetime",
                        "remove-clients-with-sessions",
                        "last-use-interval");
    }

    private RealmSettings check() {
        invalid.clear();
        return RealmSettings.check(policy, invalid::add);
    }

    private RegistrationSettings read() {
        return check().registration();
    }

    private void set(String key, String... values) {
        policy.getConfig().put(key, List.of(values));
    }
}
