package io.github.keycloakmcp.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.keycloakmcp.rule.Verdict.Refused;

/**
 * Sends changed inputs to a parser that a stranger reaches. An input that leads to a result of a new kind is kept and changed
 * further, so that the inputs get deeper into the parser. What was found is in {@code src/test/resources/fuzz}, and is tried
 * in every run.
 *
 * <p>{@code -Dfuzz.seconds=120} runs each parser that long, with other inputs each time, and writes what it found.
 */
public final class Fuzz {

    private static final int ORDINARY = 3_000;
    private static final int MAX_LENGTH = 3_000;
    private static final int MAX_KEPT = 300;
    private static final Path CORPUS = Path.of("src/test/resources/fuzz");
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

    private Fuzz() {}

    /** A parser, and what has to hold for it. */
    @FunctionalInterface
    public interface Parser {

        /** Parses {@code input}, fails where something does not hold, and tells of what kind the result is. */
        String parse(String input);
    }

    /** Runs a parser. */
    public static void run(String name, List<String> seeds, Parser parser) {
        Optional<Long> seconds = Optional.ofNullable(Long.getLong("fuzz.seconds"));
        List<String> corpus = new ArrayList<>(seeds);
        corpus.addAll(read(name));
        List<String> found = new ArrayList<>();
        Set<String> kinds = new LinkedHashSet<>();
        corpus.forEach(input -> kinds.add(parse(input, parser)));
        Random random = new Random(seconds.isEmpty() ? name.hashCode() : System.nanoTime());
        Chance chance = new Chance(random);
        long end = System.nanoTime() + seconds.orElse(0L) * 1_000_000_000L;
        long tries = 0;
        while (seconds.isEmpty() ? tries < ORDINARY : System.nanoTime() - end < 0) {
            tries++;
            String input = changed(corpus, chance);
            if (kinds.add(parse(input, parser)) && kinds.size() <= MAX_KEPT) {
                corpus.add(input);
                found.add(input);
            }
        }
        if (seconds.isPresent()) {
            System.out.println("fuzz " + name + ": " + tries + " inputs, " + kinds.size() + " kinds of results, "
                    + found.size() + " new");
            write(name, found);
        }
    }

    /** The kind of a verdict: why it refuses, or what the parser makes of the value. */
    public static <T> String kind(Verdict<T> verdict, java.util.function.Function<T, String> allowed) {
        if (verdict instanceof Refused<T> refused) {
            return refused.refusal().code().word() + " "
                    + refused.refusal()
                                    .description()
                                    .replaceAll("[^a-z ]|\\b\\S*[^a-z \\S]\\S*", "")
                                    .length()
                            / 8;
        }
        return "allowed " + allowed.apply(((Verdict.Allowed<T>) verdict).value());
    }

    private static String parse(String input, Parser parser) {
        try {
            return parser.parse(input);
        } catch (AssertionError | RuntimeException | StackOverflowError e) {
            throw new AssertionError("fails for: " + Cases.shown(input), e);
        }
    }

    private static String changed(List<String> corpus, Chance chance) {
        StringBuilder text = new StringBuilder(chance.oneOf(corpus));
        for (int changes = 1 + chance.upTo(3); changes > 0; changes--) {
            int at = chance.upTo(text.length());
            int to = Math.min(text.length(), at + chance.upTo(8));
            switch (chance.upTo(6)) {
                case 0 -> text.insert(at, chance.text(3));
                case 1 -> text.delete(at, to);
                case 2 -> text.replace(at, to, chance.text(3));
                case 3 -> text.insert(at, text.substring(at, to));
                case 4 -> {
                    String other = chance.oneOf(corpus);
                    text.insert(at, other.substring(Math.min(other.length(), chance.upTo(other.length()))));
                }
                case 5 -> text.insert(at, part(chance.oneOf(corpus), chance).repeat(1 + chance.upTo(40)));
                default -> text.replace(0, text.length(), part(text.toString(), chance));
            }
        }
        return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text.toString();
    }

    private static String part(String text, Chance chance) {
        int at = chance.upTo(text.length());
        return text.substring(at, Math.min(text.length(), at + chance.upTo(24)));
    }

    private static List<String> read(String name) {
        try (InputStream in = Fuzz.class.getResourceAsStream("/fuzz/" + name + ".txt")) {
            return in == null
                    ? List.of()
                    : new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                            .lines()
                            .map(Fuzz::unescaped)
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(String name, List<String> found) {
        Set<String> all = new LinkedHashSet<>(read(name));
        found.stream().filter(input -> input.length() <= 300).forEach(all::add);
        try {
            Files.createDirectories(CORPUS);
            Files.write(
                    CORPUS.resolve(name + ".txt"),
                    all.stream().map(Fuzz::escaped).toList(),
                    StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String escaped(String input) {
        return Cases.shown(input.replace("\\", "\\" + "u005c"));
    }

    private static String unescaped(String line) {
        Matcher matcher = ESCAPE.matcher(line);
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(
                    text, Matcher.quoteReplacement("" + (char) Integer.parseInt(matcher.group(1), 16)));
        }
        return matcher.appendTail(text).toString();
    }
}
