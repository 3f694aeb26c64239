package io.github.keycloakmcp.platform;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.keycloak.common.Version;

/**
 * Decides at start-up whether this server can bind every token. On a server that cannot, the extension would run half
 * bound: it looks installed, and tokens leave with the wrong audience. So the server does not start, and says why.
 */
public final class SupportedServer {

    private static final Pattern NUMBER = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");

    /** The first patch with every hook we use: token post-processors (26.6.0), origins of registration policies (26.6.3). */
    private static final int[] OLDEST = {26, 6, 3};

    private SupportedServer() {}

    /**
     * Refuses to start.
     *
     * @throws IllegalStateException with the one line that says what to change
     */
    public static void require() {
        problem(Version.VERSION).ifPresent(problem -> {
            throw new IllegalStateException("Keycloak MCP: " + problem);
        });
    }

    /** What makes a server unfit, if anything does. A version that is no number is a build of Keycloak's main branch. */
    static Optional<String> problem(String version) {
        Matcher number = NUMBER.matcher(version);
        return number.matches() && Arrays.compare(parts(number), OLDEST) < 0
                ? Optional.of("Keycloak 26.6.3 or newer is needed, this is " + version)
                : Optional.empty();
    }

    private static int[] parts(Matcher number) {
        return IntStream.rangeClosed(1, OLDEST.length)
                .map(part -> Integer.parseInt(number.group(part)))
                .toArray();
    }
}
