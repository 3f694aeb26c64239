package io.github.keycloakmcp.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.keycloakmcp.platform.Setting;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.registration.TrustedHost;

/** Reads lists of hosts. */
final class TrustedHosts {

    private TrustedHosts() {}

    /** The hosts among {@code entries}; {@code invalid} receives each entry that is not one. */
    static List<TrustedHost> parse(Setting<?> setting, List<String> entries, Consumer<String> invalid) {
        List<TrustedHost> hosts = new ArrayList<>();
        for (String entry : entries) {
            if (TrustedHost.parse(entry) instanceof Verdict.Allowed<TrustedHost> allowed) {
                hosts.add(allowed.value());
            } else {
                invalid.accept(setting.key() + ": not a host name or *.domain: " + Refusal.excerpt(entry));
            }
        }
        return hosts;
    }
}
