package io.github.keycloakmcp.settings;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

import io.github.keycloakmcp.platform.McpLog;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.platform.ReadOnce;
import io.github.keycloakmcp.platform.Setting;
import io.github.keycloakmcp.rule.cimd.DocumentSources;
import io.github.keycloakmcp.rule.fetch.CacheBounds;

/**
 * The settings of the executor for metadata documents. Where codes may go is not among them: that is decided by the settings of registration.
 *
 * @param sources whose documents are read
 * @param cache how long a document counts
 * @param stale how long after that one still counts whose host does not answer
 */
public record DocumentSettings(DocumentSources sources, CacheBounds cache, Duration stale) {

    static final Setting<String> FROM = Setting.choice(
            "documents-from",
            "Documents from",
            "Whose metadata documents are read: those on any https host, on the listed hosts and of known clients, or of "
                    + "known clients only. Where authorization codes may go is decided by the settings of registration "
                    + "(trusted hosts, loopback), wherever a document comes from.",
            "any",
            "listed",
            "known");

    static final Setting<List<String>> HOSTS = Setting.words(
            "document-hosts",
            "Document hosts",
            "Hosts whose metadata documents are trusted: exactly (app.example.com), all below a domain (*.example.com), or "
                    + "on another port than 443 (app.example.com:8443). Their documents may name redirect URIs on their own "
                    + "host without that host being a trusted host of registration.");

    static final Setting<Boolean> OWN_HOST = Setting.flag(
            "own-host-redirects",
            "Redirects to the document's own host",
            "Documents on hosts that nobody has listed may name redirect URIs on their own host, too. Every host on the "
                    + "Internet can then receive authorization codes of users who consent.",
            false);

    static final Setting<Boolean> LOOPBACK = Setting.flag(
            "allow-loopback-documents",
            "Loopback documents (development only)",
            "Reads documents from this server's own computer (localhost), https or http, on any port. Never switch it on "
                    + "in production: whoever opens the login page could make the server call itself.",
            false);

    static final Setting<Integer> SHORTEST = Setting.number(
            "min-cache-seconds",
            "Shortest time a document counts",
            "Seconds for which a document that has been read counts, even where its HTTP headers say less.",
            300);

    static final Setting<Integer> LONGEST = Setting.number(
            "max-cache-seconds",
            "Longest time a document counts",
            "Seconds after which a document is read again, even where its HTTP headers say more. A redirect URI that its "
                    + "vendor has removed works no longer than this.",
            86_400);

    static final Setting<Integer> STALE = Setting.number(
            "stale-seconds",
            "Grace while a host is down",
            "Seconds for which the last good document still counts after that while its host does not answer; 0 for none.",
            86_400);

    public static final List<Setting<?>> SETTINGS = List.of(FROM, HOSTS, OWN_HOST, LOOPBACK, SHORTEST, LONGEST, STALE);

    /** Parsed once per text, so that a malformed host is logged once and not for every request. */
    private static final ReadOnce<Map<String, ?>, DocumentSettings> KNOWN = new ReadOnce<>();

    /** The settings that are stored on the executor. */
    public static DocumentSettings of(Map<String, ?> configuration) {
        return KNOWN.find(configuration)
                .orElseGet(() -> KNOWN.keep(
                        new HashMap<>(configuration),
                        read(
                                configuration,
                                problem -> McpLog.invalidDocumentEntry(
                                        "executor '" + ProviderIds.CLIENT_ID_METADATA_DOCUMENT + "'", problem))));
    }

    static DocumentSettings read(Map<String, ?> configuration, Consumer<String> invalid) {
        return new DocumentSettings(
                new DocumentSources(
                        DocumentSources.From.valueOf(FROM.inJson(configuration).toUpperCase(Locale.ROOT)),
                        TrustedHosts.parse(HOSTS, HOSTS.inJson(configuration), invalid),
                        OWN_HOST.inJson(configuration),
                        LOOPBACK.inJson(configuration)),
                new CacheBounds(
                        Duration.ofSeconds(SHORTEST.inJson(configuration)),
                        Duration.ofSeconds(LONGEST.inJson(configuration))),
                Duration.ofSeconds(STALE.inJson(configuration)));
    }
}
