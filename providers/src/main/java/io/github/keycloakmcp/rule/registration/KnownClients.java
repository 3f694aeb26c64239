package io.github.keycloakmcp.rule.registration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

import io.github.keycloakmcp.rule.PackedProperties;
import io.github.keycloakmcp.rule.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The MCP clients that people use, from the file {@code known-clients.properties} beside this class.
 *
 * @see KnownClient
 */
public final class KnownClients {

    private static final String FILE = "known-clients.properties";

    private static final String NAME = ".name";

    /** An address, possibly with {id} as a whole segment of its path. */
    private static final Pattern OWN_ADDRESS =
            Pattern.compile("[^{}]+|[a-z][a-z0-9+.-]*://[^/{}?#]+(?:/[^{}?#]*)?/\\{id}(?=[/?]|\\z)[^{}]*");

    private static final List<KnownClient> LISTED = read();

    private static final List<KnownClient> ALL =
            LISTED.stream().filter(known -> !known.isSelfHosted()).toList();

    private static final Map<String, KnownClient> BY_NAME = byName();

    private KnownClients() {}

    /** Every known client, by its identifier. */
    public static List<KnownClient> all() {
        return ALL;
    }

    /** The names of the products that have a host of their own for each installation. */
    public static List<String> installedIds() {
        return LISTED.stream()
                .filter(KnownClient::isSelfHosted)
                .map(KnownClient::id)
                .toList();
    }

    /**
     * The installation of a product at a host that an administrator names.
     *
     * @param entry {@code n8n=automation.example.com}
     */
    public static Optional<KnownClient> installed(String entry) {
        String host = entry.substring(entry.indexOf('=') + 1);
        if (!(TrustedHost.parse(host) instanceof Verdict.Allowed<TrustedHost> allowed)
                || allowed.value().pattern().startsWith("*")) {
            return Optional.empty();
        }
        return LISTED.stream()
                .filter(KnownClient::isSelfHosted)
                .filter(known -> entry.startsWith(known.id() + "="))
                .findFirst()
                .map(known -> new KnownClient(
                        known.id(),
                        known.name(),
                        known.alsoNamed(),
                        List.of(),
                        known.redirectUris().stream()
                                .map(uri -> uri.replace(
                                        AddressPattern.HOST, allowed.value().pattern()))
                                .toList(),
                        false));
    }

    /**
     * A client that an administrator adds to the list, held to what holds of the list itself: an address beyond the user's
     * computer, with at most one {@code {id}} as a whole segment of the path, and none of a listed client's.
     *
     * @param entry {@code name=redirect-URI}
     */
    public static Optional<KnownClient> own(String entry) {
        int end = entry.indexOf('=');
        String id = entry.substring(0, Math.max(end, 0));
        String uri = entry.substring(end + 1);
        String example = uri.replace("/{id}", "/x");
        boolean isFree = end > 0
                && id.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")
                && LISTED.stream().noneMatch(known -> known.id().equals(id) || known.sharesAnAddressWith(uri));
        return isFree
                        && OWN_ADDRESS.matcher(uri).matches()
                        && RedirectUri.parse(example) instanceof Verdict.Allowed<RedirectUri> parsed
                        && parsed.value().kind() != RedirectUri.Kind.LOOPBACK
                        && isListable(parsed.value())
                ? Optional.of(new KnownClient(id, id, List.of(), List.of(), List.of(uri), false))
                : Optional.empty();
    }

    private static boolean isListable(RedirectUri uri) {
        return uri.kind() == RedirectUri.Kind.HTTPS || RedirectUriRule.isListable(uri.scheme());
    }

    public static Optional<KnownClient> byId(String id) {
        return ALL.stream().filter(known -> known.id().equals(id)).findFirst();
    }

    /** The client whose metadata document is at {@code url}. One vendor's pattern may cover another's address. */
    public static Optional<KnownClient> byDocument(String url) {
        return ALL.stream()
                .filter(known -> known.documents().contains(url))
                .findFirst()
                .or(() -> ALL.stream().filter(known -> known.publishes(url)).findFirst());
    }

    /** The client that goes by {@code name}, however that is spelled; what calls itself so need not be it. */
    public static Optional<KnownClient> byName(String name) {
        return NameSkeleton.all(name).stream()
                .map(BY_NAME::get)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /**
     * The client that this provably is. Its metadata came from the vendor's own address; or beyond the user's computer
     * its codes go to the vendor's redirect URIs only, at least one of which is a web address. Any program may claim a
     * loopback address or a private-use scheme, so these prove nothing.
     *
     * @param document where its metadata document is; empty where it registered
     * @param redirectUris where its codes go
     */
    public static Optional<KnownClient> proven(String document, Collection<String> redirectUris) {
        return byDocument(document).or(() -> byRedirectUris(redirectUris));
    }

    private static Optional<KnownClient> byRedirectUris(Collection<String> redirectUris) {
        List<String> elsewhere = new ArrayList<>();
        boolean web = false;
        for (String uri : redirectUris) {
            if (!(RedirectUri.parse(uri) instanceof Verdict.Allowed<RedirectUri> parsed)) {
                return Optional.empty();
            }
            RedirectUri.Kind kind = parsed.value().kind();
            if (kind != RedirectUri.Kind.LOOPBACK) {
                elsewhere.add(uri);
            }
            web |= kind == RedirectUri.Kind.HTTPS;
        }
        return web
                ? ALL.stream()
                        .filter(known -> elsewhere.stream().allMatch(known::receivesAt))
                        .findFirst()
                : Optional.empty();
    }

    private static List<KnownClient> read() {
        Properties file = PackedProperties.beside(KnownClients.class, FILE);
        return file.stringPropertyNames().stream()
                .filter(key -> key.endsWith(NAME))
                .map(key -> key.substring(0, key.length() - NAME.length()))
                .sorted()
                .map(id -> new KnownClient(
                        id,
                        file.getProperty(id + NAME),
                        list(file.getProperty(id + ".also"), "\\s*,\\s*"),
                        list(file.getProperty(id + ".documents"), "\\s+"),
                        list(file.getProperty(id + ".redirect-uris"), "\\s+"),
                        !"no".equals(file.getProperty(id + ".loopback"))))
                .toList();
    }

    private static Map<String, KnownClient> byName() {
        Map<String, KnownClient> names = new HashMap<>();
        for (KnownClient known : LISTED) {
            names.put(NameSkeleton.of(known.name()), known);
            known.alsoNamed().forEach(name -> names.put(NameSkeleton.of(name), known));
        }
        return Map.copyOf(names);
    }

    private static List<String> list(@Nullable String text, String separator) {
        return text == null ? List.of() : List.of(text.strip().split(separator));
    }
}
