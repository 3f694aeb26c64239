package io.github.keycloakmcp.tests.integration.admin;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Something that an administrator got wrong, and can put right with what diagnosis says.
 *
 * @param name what is wrong
 * @param options what is asked, as {@code diagnose.sh} takes it
 * @param breaks how it comes about
 * @param finding the finding that names it
 * @param words what cause and fix have to name
 * @param fix what the fix says
 * @param flow what a client meets; null where clients notice nothing here
 * @param red whether it is an error, or a warning
 * @param header a header that a proxy adds
 */
public record Situation(
        String name,
        String options,
        Runnable breaks,
        String finding,
        List<String> words,
        Runnable fix,
        @Nullable Supplier<RealFlow> flow,
        boolean red,
        String header) {

    static Situation of(String name, String options) {
        return new Situation(name, options, () -> {}, "", List.of(), () -> {}, null, true, "");
    }

    Situation brokenBy(Runnable how) {
        return new Situation(name, options, how, finding, words, fix, flow, red, header);
    }

    Situation named(String id, String... said) {
        return new Situation(name, options, breaks, id, List.of(said), fix, flow, red, header);
    }

    Situation fixedBy(Runnable how) {
        return new Situation(name, options, breaks, finding, words, how, flow, red, header);
    }

    Situation seenBy(Supplier<RealFlow> client) {
        return new Situation(name, options, breaks, finding, words, fix, client, red, header);
    }

    Situation asAWarning() {
        return new Situation(name, options, breaks, finding, words, fix, flow, false, header);
    }

    Situation behind(String proxyHeader) {
        return new Situation(name, options, breaks, finding, words, fix, flow, red, proxyHeader);
    }

    /** The options as Admin REST and the admin page name them. */
    public Map<String, String> question() {
        Map<String, String> question = new LinkedHashMap<>();
        Iterator<String> parts = List.of(options.split(" ", -1)).iterator();
        while (parts.hasNext()) {
            String part = parts.next().substring(2);
            question.put(part, part.equals("metadata") ? "true" : parts.next());
        }
        return question;
    }

    /** The question for Admin REST. */
    String query() {
        return question().entrySet().stream().map(Object::toString).collect(Collectors.joining("&", "?", ""));
    }

    @Override
    public String toString() {
        return name;
    }
}
