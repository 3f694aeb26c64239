package io.github.keycloakmcp.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.diagnosis.RefusalExplanations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever this extension refuses, diagnosis explains. The refusals are read off the sources, so that a new one without an
 * explanation fails here.
 */
class RefusalsTest {

    private static final Path SOURCES = Path.of("src/main/java");

    /** What makes a refusal, and with which error code; empty where the first argument is the code. */
    private static final Map<String, String> MAKERS = Map.of(
            "new Refusal(", "",
            "new ClientPolicyException(", "",
            "InvalidTarget.because(", "invalid_target",
            "InvalidMetadata.metadata(", "invalid_client_metadata",
            "InvalidMetadata.redirectUri(", "invalid_redirect_uri",
            "InvalidDocument.client(", "invalid_client",
            "InvalidDocument.metadata(", "invalid_client_metadata");

    private static final Pattern MAKER =
            Pattern.compile(MAKERS.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|")));

    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    /**
     * A refusal as the source has it.
     *
     * @param file where
     * @param error its error code
     * @param words its literal texts
     */
    record Found(String file, String error, List<String> words) {

        String description() {
            return words.get(0);
        }
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void everyRefusalIsExplained(Found refusal) {
        for (String reason : List.of(refusal.description(), String.join(" ", refusal.words()))) {
            assertThat(RefusalExplanations.of("CODE_TO_TOKEN_ERROR", refusal.error(), reason))
                    .as(reason)
                    .satisfies(finding -> {
                        assertThat(finding.id()).isNotEqualTo("other");
                        assertThat(finding.fix()).isNotBlank();
                    });
        }
    }

    @Test
    void theSourcesAreRead() {
        assertThat(refusals().map(Found::error).distinct())
                .contains(
                        "access_denied",
                        "invalid_client",
                        "invalid_client_metadata",
                        "invalid_grant",
                        "invalid_redirect_uri",
                        "invalid_target",
                        "invalid_token",
                        "temporarily_unavailable",
                        "unauthorized_client",
                        "unsupported_response_type");
        assertThat(refusals()).hasSizeGreaterThan(40);
    }

    static Stream<Found> refusals() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).flatMap(RefusalsTest::in).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Found> in(Path file) {
        List<Found> found = new ArrayList<>();
        String source = read(file);
        Matcher maker = MAKER.matcher(source);
        while (maker.find()) {
            List<String> arguments = arguments(source, maker.end());
            String code = MAKERS.getOrDefault(maker.group(), "");
            String error = code.isEmpty() ? code(arguments.get(0)) : code;
            List<String> words = arguments.subList(code.isEmpty() ? 1 : 0, arguments.size()).stream()
                    .map(RefusalsTest::texts)
                    .filter(text -> !text.isEmpty())
                    .toList();
            if (!error.isEmpty() && !words.isEmpty()) {
                found.add(new Found(file.getFileName().toString(), error, words));
            }
        }
        return found.stream();
    }

    /** The arguments of a call, from behind its parenthesis. */
    private static List<String> arguments(String source, int start) {
        List<String> arguments = new ArrayList<>();
        StringBuilder argument = new StringBuilder();
        boolean quoted = false;
        int depth = 0;
        for (int i = start; depth >= 0; i++) {
            char c = source.charAt(i);
            quoted ^= c == '"' && source.charAt(i - 1) != '\\';
            depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth < 0 || (depth == 0 && c == ',' && !quoted)) {
                arguments.add(argument.toString());
                argument.setLength(0);
            } else {
                argument.append(c);
            }
        }
        return arguments;
    }

    /** An error code, as a literal or as a constant of Keycloak's. */
    private static String code(String argument) {
        String constant = argument.strip().replaceFirst("^OAuthErrorException\\.", "");
        return constant.matches("[A-Z_]+") ? constant.toLowerCase(Locale.ROOT) : texts(argument);
    }

    private static String texts(String argument) {
        return TEXT.matcher(argument).results().map(text -> text.group(1)).collect(Collectors.joining("…"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
