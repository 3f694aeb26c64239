package io.github.keycloakmcp.platform;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.github.keycloakmcp.rule.hooks.HookReport;
import org.keycloak.Config;
import org.keycloak.common.Version;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Decides at start-up whether this server can bind every token. On a server that cannot, the extension would run half
 * bound: it looks installed, and tokens leave with the wrong audience. So the server does not start, and says why.
 */
public final class SupportedServer {

    private static final Pattern NUMBER = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");

    /** The first patch with every hook we use: token post-processors (26.6.0), origins of registration policies (26.6.3). */
    private static final int[] OLDEST = {26, 6, 3};

    /** Server option: compare signatures also on a tested server, for one that was patched. */
    private static final String CHECK_HOOKS = "check-hooks";

    private SupportedServer() {}

    /**
     * Refuses to start where tokens cannot be bound, and logs in one line what else does not fit.
     *
     * @throws IllegalStateException with the one line that says what to change
     */
    public static void require(KeycloakSessionFactory factory) {
        problem(Version.VERSION).ifPresent(SupportedServer::refuse);
        boolean tested = HookReport.isTested(Version.VERSION);
        boolean signatures = !tested
                || Config.scope(ProviderIds.CATALOGUE_SPI, ProviderIds.CATALOGUE)
                        .getBoolean(CHECK_HOOKS, false);
        HookReport report = new ServerHooks(factory).report(Version.VERSION, signatures);
        report.fatal().ifPresent(SupportedServer::refuse);
        report.problems().ifPresentOrElse(problems -> McpLog.hooksDoNotFit(Version.VERSION, problems), () -> {
            if (signatures) {
                McpLog.hooksFit(Version.VERSION, tested);
            }
        });
    }

    private static void refuse(String problem) {
        throw new IllegalStateException("Keycloak MCP: " + problem);
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
