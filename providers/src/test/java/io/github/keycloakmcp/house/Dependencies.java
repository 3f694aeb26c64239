package io.github.keycloakmcp.house;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/**
 * Which file of a folder of classes uses which other class. The class files are read, not the imports, so that nothing is
 * missed that is written with its whole name.
 *
 * @param uses the used classes by file; nested classes belong to their file
 */
record Dependencies(Map<String, Set<String>> uses) {

    private static final Pattern LINE = Pattern.compile("(?m)^ +(\\S+) +-> (\\S+) ");

    static Dependencies in(Path... classes) {
        List<String> arguments = new ArrayList<>(List.of("-verbose:class", "-filter:none"));
        List.of(classes).forEach(folder -> arguments.add(folder.toString()));
        StringWriter out = new StringWriter();
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        int code = jdeps.run(new PrintWriter(out), new PrintWriter(out), arguments.toArray(String[]::new));
        if (code != 0) {
            throw new AssertionError(out.toString());
        }
        Map<String, Set<String>> uses = new HashMap<>();
        for (Matcher line = LINE.matcher(out.toString()); line.find(); ) {
            String user = file(line.group(1));
            String used = file(line.group(2));
            if (!user.endsWith(".package-info")) {
                uses.computeIfAbsent(user, key -> new TreeSet<>()).add(used);
                uses.get(user).remove(user);
            }
        }
        return new Dependencies(uses);
    }

    /** The files that use each other in a circle, and those on a way between two circles. */
    Set<String> circles() {
        Map<String, Set<String>> left = new HashMap<>();
        uses.forEach((user, used) -> left.put(user, new HashSet<>(used)));
        boolean removed = true;
        while (removed) {
            left.values().forEach(used -> used.retainAll(left.keySet()));
            Set<String> needed = new HashSet<>();
            left.values().forEach(needed::addAll);
            removed = left.entrySet().removeIf(entry -> entry.getValue().isEmpty() || !needed.contains(entry.getKey()));
        }
        return new TreeSet<>(left.keySet());
    }

    static String packageOf(String type) {
        return type.substring(0, Math.max(0, type.lastIndexOf('.')));
    }

    private static String file(String type) {
        return type.replaceFirst("\\$.*", "");
    }
}
