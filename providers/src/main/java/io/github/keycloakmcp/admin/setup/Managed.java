package io.github.keycloakmcp.admin.setup;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ManagedMark;
import io.github.keycloakmcp.platform.ProviderIds;

/**
 * Which parts of a realm set-up has made. New ones have a mark. A realm that was enabled by an older version has none; there
 * a profile is known by executors that only the realm file brings, and the scope by its mapper beside such a profile.
 *
 * @param actual what the realm has
 */
record Managed(List<Part> actual) {

    /** The name of the client profile and of the client policy, unless an administrator has one of that name. */
    static final String NAME = "mcp";

    /** What older versions wrote into their profile, or fewer. */
    private static final Set<String> UNMARKED_EXECUTORS = Set.of(
            ProviderIds.CLIENT_ID_METADATA_DOCUMENT,
            ProviderIds.RESOURCE,
            ProviderIds.CLIENT_GUARD,
            "pkce-enforcer",
            "reject-implicit-grant");

    /** The realm's own mark, which is the name of the profile and the policy. */
    private Optional<String> mark() {
        return of(PartKind.MARK).map(part -> part.text(ManagedMark.ATTRIBUTE)).findFirst();
    }

    /** The name of the profile and the policy: theirs, or the first that no profile or policy of an administrator has. */
    String name() {
        return Stream.concat(
                        mark().stream(),
                        Stream.concat(
                                Stream.of(NAME, "keycloak-mcp"),
                                Stream.iterate(2, i -> i + 1).map(i -> "keycloak-mcp-" + i)))
                .filter(name -> profile(name).map(this::isOurProfile).orElse(true))
                .filter(name -> policy(name).map(this::isOurPolicy).orElse(true))
                .findFirst()
                .orElseThrow();
    }

    boolean isOurScope(Part scope) {
        if (scope.value().path("attributes").path(ManagedMark.ATTRIBUTE).asBoolean()) {
            return true;
        }
        return mark().isEmpty()
                && profile(NAME).filter(this::isOurProfile).isPresent()
                && of(PartKind.PROTOCOL_MAPPER).anyMatch(mapper -> mapper.name().equals(scope.name()));
    }

    private boolean isOurProfile(Part profile) {
        Set<String> executors = executors(profile);
        return executors.stream().anyMatch(ProviderIds.EXECUTORS::contains)
                && (mark().isPresent()
                        ? mark().get().equals(profile.name())
                        : UNMARKED_EXECUTORS.containsAll(executors));
    }

    private boolean isOurPolicy(Part policy) {
        return JsonMerge.elements(policy.value().path("profiles"))
                        .anyMatch(name -> name.asText().equals(policy.name()))
                && profile(policy.name()).filter(this::isOurProfile).isPresent();
    }

    static Set<String> executors(Part profile) {
        return JsonMerge.elements(profile.value().path("executors"))
                .map(executor -> executor.path("executor").asText())
                .collect(Collectors.toUnmodifiableSet());
    }

    private Optional<Part> profile(String name) {
        return named(PartKind.CLIENT_PROFILE, name);
    }

    private Optional<Part> policy(String name) {
        return named(PartKind.CLIENT_POLICY, name);
    }

    private Optional<Part> named(PartKind kind, String name) {
        return of(kind).filter(part -> part.name().equals(name)).findFirst();
    }

    private Stream<Part> of(PartKind kind) {
        return actual.stream().filter(part -> part.kind() == kind);
    }
}
