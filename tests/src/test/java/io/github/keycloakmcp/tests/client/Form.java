package io.github.keycloakmcp.tests.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Request parameters in their order; a name may occur more than once, as {@code resource} may (RFC 8707 section 2).
 *
 * @param fields the parameters
 */
public record Form(List<Field> fields) {

    /**
     * One parameter.
     *
     * @param name its name
     * @param value its value before encoding
     */
    public record Field(String name, String value) {}

    /** A form from names and values in turn. */
    public static Form of(String... namesAndValues) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new Form(List.copyOf(fields));
    }

    /** The same without a parameter. */
    public Form without(String name) {
        return new Form(
                fields.stream().filter(field -> !field.name().equals(name)).toList());
    }

    /** The same with exactly these values of a parameter; none removes it. */
    public Form with(String name, String... values) {
        return new Form(Stream.concat(
                        without(name).fields.stream(), Arrays.stream(values).map(value -> new Field(name, value)))
                .toList());
    }

    /** The same with one more value of a parameter. */
    public Form and(String name, String value) {
        return new Form(Stream.concat(fields.stream(), Stream.of(new Field(name, value)))
                .toList());
    }

    /** The first value of a parameter. */
    public Optional<String> value(String name) {
        return values(name).stream().findFirst();
    }

    /** All values of a parameter. */
    public List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .toList();
    }

    /** {@code application/x-www-form-urlencoded}. */
    public String encoded() {
        return fields.stream()
                .map(field -> encode(field.name()) + "=" + encode(field.value()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
