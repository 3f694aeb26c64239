package io.github.keycloakmcp.rule.registration;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An MCP client that people use, and by what it can be told from one that only takes its name.
 *
 * @param id how administrators name it
 * @param name what users know it as
 * @param alsoNamed other names under which it registers
 * @param documents the addresses of its metadata document; {@code {id}} stands for any one path segment
 * @param redirectUris where its authorization codes go beyond the user's own computer; {@code {id}} as above
 * @param loopback whether it also receives codes on the user's own computer
 */
public record KnownClient(
        String id,
        String name,
        List<String> alsoNamed,
        List<String> documents,
        List<String> redirectUris,
        boolean loopback) {

    public KnownClient {
        alsoNamed = List.copyOf(alsoNamed);
        documents = List.copyOf(documents);
        redirectUris = List.copyOf(redirectUris);
    }

    /** Tells whether {@code url} is where this client publishes its metadata. */
    public boolean publishes(String url) {
        return documents.stream().anyMatch(document -> AddressPattern.matches(document, url));
    }

    /** Tells whether codes sent to {@code uri} reach this client and no other. */
    public boolean receivesAt(String uri) {
        return redirectUris.stream().anyMatch(known -> AddressPattern.matches(known, uri));
    }

    /** Tells whether a code sent to an address of the pattern {@code uri} could reach this client. */
    boolean sharesAnAddressWith(String uri) {
        return redirectUris.stream().anyMatch(known -> AddressPattern.meet(known, uri));
    }

    /** Tells whether this product has another host for each installation, so that no address is its vendor's. */
    boolean isSelfHosted() {
        return redirectUris.stream().anyMatch(uri -> uri.contains(AddressPattern.HOST));
    }

    /** The hosts of the vendor's web addresses, as {@link RedirectUri#host()} has them. */
    public Set<String> hosts() {
        return Stream.concat(documents.stream(), redirectUris.stream())
                .map(address -> RedirectUri.parse(address.replace(AddressPattern.ANY_SEGMENT, "x")))
                .flatMap(parsed -> parsed.decided().stream())
                .filter(uri -> uri.kind() == RedirectUri.Kind.HTTPS)
                .map(RedirectUri::host)
                .collect(Collectors.toUnmodifiableSet());
    }
}
