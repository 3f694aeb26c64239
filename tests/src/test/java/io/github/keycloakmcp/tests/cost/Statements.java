package io.github.keycloakmcp.tests.cost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The statements that one request has the database execute.
 *
 * @param texts in the order in which they were executed
 */
public record Statements(List<String> texts) {

    private static final Pattern TABLE =
            Pattern.compile("\\b(?:from|join|into|update)\\s+([a-z_]+)", Pattern.CASE_INSENSITIVE);

    public Statements {
        texts = List.copyOf(texts);
    }

    /** How many there are. */
    public int count() {
        return texts.size();
    }

    /** How many of them write. */
    public long writes() {
        return texts.stream()
                .filter(text -> !text.toLowerCase(Locale.ROOT).startsWith("select"))
                .count();
    }

    /** One line for each kind of statement, by what it does to which tables: {@code 2 select USER_ENTITY}. */
    public List<String> kinds() {
        return counted().entrySet().stream()
                .map(kind -> kind.getValue().size() + " " + kind.getKey())
                .toList();
    }

    /** The statements that are more than {@code expected}, lines of {@link #kinds}, has of their kind; in full. */
    public List<String> beyond(List<String> expected) {
        Map<String, Integer> allowed = expected.stream()
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(line -> line[1], line -> Integer.valueOf(line[0])));
        List<String> more = new ArrayList<>();
        counted().forEach((kind, all) -> {
            int excess = all.size() - allowed.getOrDefault(kind, 0);
            if (excess > 0) {
                new LinkedHashSet<>(all).forEach(text -> more.add(excess + " more: " + text));
            }
        });
        return more;
    }

    private Map<String, List<String>> counted() {
        Map<String, List<String>> kinds = new TreeMap<>();
        texts.forEach(text ->
                kinds.computeIfAbsent(kind(text), kind -> new ArrayList<>()).add(text));
        return new LinkedHashMap<>(kinds);
    }

    private static String kind(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String verb = lower.split("\\s", 2)[0] + (lower.startsWith("select count(") ? " count" : "");
        Set<String> tables = new LinkedHashSet<>();
        Matcher found = TABLE.matcher(lower);
        while (found.find()) {
            tables.add(found.group(1).toUpperCase(Locale.ROOT));
        }
        return verb + " " + String.join(" ", tables);
    }
}
