package io.github.keycloakmcp.rule.hooks;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the hooks of a server fit.
 *
 * @param version the version of the server
 * @param binding what is missing of that without which tokens are not bound
 * @param others what is missing of everything else
 * @param displaced providers that another extension has put in the place of one of this extension
 * @param after token post-processors that run after this extension's
 */
public record HookReport(
        String version, Set<String> binding, Set<String> others, List<String> displaced, List<String> after) {

    /** The servers on which the tests of this version ran. */
    private static final Set<String> TESTED = Set.of("26.6.4", "26.7.0", "26.7.3");

    /** So many missing hooks tell enough; a line with hundreds tells nothing. */
    private static final int MOST_NAMED = 8;

    public HookReport {
        binding = Set.copyOf(binding);
        others = Set.copyOf(others);
        displaced = List.copyOf(displaced);
        after = List.copyOf(after);
    }

    /** Tells whether the tests of this version ran on the server, so that its signatures are known to fit. */
    public static boolean isTested(String version) {
        return TESTED.contains(version);
    }

    /** Why the server must not start: tokens would not be bound. */
    public Optional<String> fatal() {
        return binding.isEmpty()
                ? Optional.empty()
                : Optional.of("tokens cannot be bound on Keycloak " + version + ", it lacks " + named(binding)
                        + "; remove the jar, or install a version of it for this Keycloak");
    }

    /** What does not fit, in one line; empty where everything does. */
    public Optional<String> problems() {
        String text = Stream.of(
                        part("missing: ", others),
                        part("replaced by another extension: ", displaced),
                        part("post-processors that run last and can change a bound token: ", after))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Optional<String> part(String title, Collection<String> names) {
        return names.isEmpty() ? Optional.empty() : Optional.of(title + named(names));
    }

    private static String named(Collection<String> names) {
        String list = names.stream().sorted().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMED ? list + " and " + (names.size() - MOST_NAMED) + " more" : list;
    }
}
