package io.github.keycloakmcp.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.keycloakmcp.platform.Setting;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.registration.TrustedHost;

/** Reads lists of hosts. */
final class TrustedHosts {

    private TrustedHosts() {}

    /** The hosts among {@code entries}; {@code invalid} receives each entry that is not one. */
    static List<TrustedHost> parse(Setting<?> setting, List<String> entries, Consumer<String> invalid) {
        return parse(
                entries,
                TrustedHost::parse,
                entry -> invalid.accept(setting.key() + ": not a host name or *.domain: " + Refusal.excerpt(entry)));
    }

    /** The same for a list in which a host may be trusted without encryption, as {@code http://host}. */
    static List<TrustedHost> parseAlsoPlainHttp(Setting<?> setting, List<String> entries, Consumer<String> invalid) {
        return parse(
                entries,
                TrustedHost::parseAlsoPlainHttp,
                entry -> invalid.accept(
                        setting.key() + ": not a host name, *.domain or http://host: " + Refusal.excerpt(entry)));
    }

    private static List<TrustedHost> parse(
            List<String> entries, Function<String, Verdict<TrustedHost>> form, Consumer<String> invalid) {
        List<TrustedHost> hosts = new ArrayList<>();
        for (String entry : entries) {
            form.apply(entry).fold(hosts::add, refusal -> {
                invalid.accept(entry);
                return false;
            });
        }
        return hosts;
    }
}
