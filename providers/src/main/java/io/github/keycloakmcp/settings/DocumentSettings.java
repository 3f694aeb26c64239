package io.github.keycloakmcp.settings;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.github.keycloakmcp.platform.ActiveExecutors;
import io.github.keycloakmcp.platform.McpLog;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.platform.ReadOnce;
import io.github.keycloakmcp.platform.Setting;
import io.github.keycloakmcp.rule.cimd.DocumentSources;
import io.github.keycloakmcp.rule.fetch.CacheBounds;
import io.github.keycloakmcp.rule.fetch.PrivateHosts;

/**
 * The settings of the executor for metadata documents. Where codes may go is not among them: that is decided by the settings of registration.
 *
 * @param sources whose documents are read
 * @param bundled whether copies in the extension are read instead of the Internet, where there are any
 * @param cache how long a document counts
 * @param stale how long after that one still counts whose host does not answer
 */
public record DocumentSettings(DocumentSources sources, boolean bundled, CacheBounds cache, Duration stale) {

    static final Setting<String> FROM = Setting.choice(
            "documents-from",
            "Accepted documents",
            "Accepts metadata documents from any https host (any), from the document hosts and known clients (listed), or "
                    + "from known clients only (known). none switches metadata documents off: the realm's metadata no longer "
                    + "offers them, and clients register. The registration settings decide where authorization codes may "
                    + "go, wherever a document is published.",
            "any",
            "listed",
            "known",
            "none");

    static final Setting<List<String>> HOSTS = Setting.words(
            "document-hosts",
            "Document hosts",
            "Hosts whose metadata documents are trusted, for example app.example.com, *.example.com or "
                    + "app.example.com:8443. Their documents may also name redirect URIs on their own host.",
            "If empty, no host is trusted for its documents.");

    static final Setting<List<String>> PRIVATE_HOSTS = Setting.words(
            "private-document-hosts",
            "Document hosts in private networks",
            "Hosts whose documents are trusted although their addresses are private, each with its own addresses, for "
                    + "example documents.corp.example=10.1.2.3 or documents.corp.example=10.1.2.0/24. Loopback and "
                    + "link-local addresses are never allowed.",
            "If empty, documents are loaded from public addresses only.");

    static final Setting<Boolean> BUNDLED = Setting.flag(
            "bundled-documents",
            "Use bundled copies of vendors' documents",
            "Reads the documents of some known clients from copies in the extension instead of the Internet, for servers "
                    + "that cannot reach it. A change that a vendor makes reaches this server with the next release only.",
            false);

    static final Setting<Boolean> OWN_HOST = Setting.flag(
            "own-host-redirects",
            "Redirect URIs on any document's own host",
            "Accepts redirect URIs on a document's own host even if the host is not listed. Every host on the Internet can "
                    + "then receive authorization codes of users who consent.",
            false);

    static final Setting<Boolean> LOOPBACK = Setting.flag(
            "allow-loopback-documents",
            "Loopback documents (development only)",
            "Accepts metadata documents from this server's own computer (localhost) over http or https, on any port. Never "
                    + "switch it on in production, because any visitor of the login page could make the server call itself.",
            false);

    static final Setting<Integer> SHORTEST = Setting.number(
            "min-cache-seconds",
            "Minimum document cache time (seconds)",
            "Time for which a document is valid without being loaded again, even if its HTTP headers allow less.",
            300);

    static final Setting<Integer> LONGEST = Setting.number(
            "max-cache-seconds",
            "Maximum document cache time (seconds)",
            "Time after which a document is loaded again, even if its HTTP headers allow more. A redirect URI that the vendor "
                    + "has removed works no longer than this.",
            86_400);

    static final Setting<Integer> STALE = Setting.number(
            "stale-seconds",
            "Grace period for unreachable hosts (seconds)",
            "Time for which an expired document remains valid while its host does not respond. 0 means none.",
            86_400);

    public static final List<Setting<?>> SETTINGS =
            List.of(FROM, HOSTS, PRIVATE_HOSTS, BUNDLED, OWN_HOST, LOOPBACK, SHORTEST, LONGEST, STALE);

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

    /** The settings of the realm that runs {@code executors}; none where it has no metadata documents. */
    public static Optional<DocumentSettings> in(ActiveExecutors executors) {
        return executors
                .configuration(ProviderIds.CLIENT_ID_METADATA_DOCUMENT)
                .map(DocumentSettings::of)
                .filter(settings -> settings.sources().anyAccepted());
    }

    /** Reads settings that an administrator is about to store. */
    public static void check(Map<String, ?> configuration, Consumer<String> invalid) {
        read(configuration, invalid);
    }

    static DocumentSettings read(Map<String, ?> configuration, Consumer<String> invalid) {
        return new DocumentSettings(
                new DocumentSources(
                        DocumentSources.From.valueOf(
                                FROM.inJson(configuration, invalid).toUpperCase(Locale.ROOT)),
                        TrustedHosts.parse(HOSTS, HOSTS.inJson(configuration, invalid), invalid),
                        PrivateHosts.parse(
                                PRIVATE_HOSTS.inJson(configuration, invalid),
                                problem -> invalid.accept(PRIVATE_HOSTS.key() + ": " + problem)),
                        OWN_HOST.inJson(configuration, invalid),
                        LOOPBACK.inJson(configuration, invalid)),
                BUNDLED.inJson(configuration, invalid),
                new CacheBounds(
                        Duration.ofSeconds(SHORTEST.inJson(configuration, invalid)),
                        Duration.ofSeconds(LONGEST.inJson(configuration, invalid))),
                Duration.ofSeconds(STALE.inJson(configuration, invalid)));
    }
}
