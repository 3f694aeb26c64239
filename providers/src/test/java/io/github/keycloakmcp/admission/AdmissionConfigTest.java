package io.github.keycloakmcp.admission;

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
class AdmissionConfigTest {

    private final ComponentModel policy = new ComponentModel();
    private final List<String> invalid = new ArrayList<>();

    @Test
    void trustsNobodyByDefaultButProgramsOnTheUsersComputer() {
        AdmissionConfig config = read();
        assertThat(config.hosts()).isEmpty();
        assertThat(config.schemes()).isEmpty();
        assertThat(config.loopback()).isTrue();
        assertThat(config.forcedScopes()).containsExactly("mcp:tools");
        assertThat(config.origins()).isEmpty();
        assertThat(config.limits().maxClients()).isEqualTo(10_000);
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
        AdmissionConfig config = read();
        assertThat(config.hosts())
                .extracting(TrustedHost::pattern)
                .containsExactly("vscode.dev", "*.apps.example", "claude.ai");
        assertThat(config.schemes()).containsExactlyInAnyOrder("cursor", "com.example.app");
        assertThat(config.loopback()).isFalse();
        assertThat(config.forcedScopes()).containsExactlyInAnyOrder("mcp:tools", "mcp:admin");
        assertThat(config.origins()).containsExactly("http://localhost:6274", "https://app.example");
        assertThat(config.known()).extracting(KnownClient::id).containsExactly("cursor", "vscode");
        assertThat(config.anyHttps()).isTrue();
        assertThat(config.limits().maxClients()).isZero();
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
        assertThat(invalid).containsExactly("not a known client: nobody");
    }

    @Test
    void leavesOutWhatIsNoHostAndReportsIt() {
        set("trusted-hosts", "https://vscode.dev/", "*.com", "*", "claude.ai");
        assertThat(read().hosts()).extracting(TrustedHost::pattern).containsExactly("claude.ai");
        assertThat(invalid)
                .containsExactly(
                        "not a host name or *.domain: https://vscode.dev/",
                        "not a host name or *.domain: *.com",
                        "not a host name or *.domain: *");
    }

    @Test
    void leavesOutADangerousSchemeAndReportsIt() {
        set("private-use-schemes", "javascript", "https", "cursor", "Cursor");
        assertThat(read().schemes()).containsExactly("cursor");
        assertThat(invalid)
                .containsExactly(
                        "not a private-use scheme: javascript",
                        "not a private-use scheme: https",
                        "not a private-use scheme: Cursor");
    }

    @Test
    void keepsTheDefaultForANumberThatIsNone() {
        set("max-clients", "-1");
        assertThat(read().limits().maxClients()).isEqualTo(10_000);
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
        assertThat(AdmissionConfig.SETTINGS)
                .extracting(Setting::key)
                .containsExactly(
                        "known-clients",
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
                        "clean-up",
                        "unused-client-lifetime",
                        "never-used-client-lifetime",
                        "remove-clients-with-sessions",
                        "last-use-interval");
    }

    private AdmissionConfig read() {
        invalid.clear();
        return AdmissionConfig.of(policy, invalid::add);
    }

    private void set(String key, String... values) {
        policy.getConfig().put(key, List.of(values));
    }
}
