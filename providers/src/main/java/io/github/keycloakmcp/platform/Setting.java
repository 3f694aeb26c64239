package io.github.keycloakmcp.platform;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.Constants;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * One setting of a provider: its key, default, label and help said once, used to show it in the admin console, to read
 * it and to document it.
 *
 * @param <T> what the setting is read as
 */
public final class Setting<T> {

    private final ProviderConfigProperty property;
    private final T standard;
    private final Function<String, T> reader;

    private Setting(ProviderConfigProperty property, T standard, Function<String, T> reader) {
        this.property = property;
        this.standard = standard;
        this.reader = reader;
    }

    /**
     * A list of words. Each entry may itself hold several words separated by white space or commas, so that one
     * environment variable in a realm file can fill the whole list.
     */
    public static Setting<List<String>> words(String key, String label, String help, String... standard) {
        return list(key, label, help, "##|[\\s,]", standard);
    }

    /** A list of URIs, separated by white space; a comma may be part of a URI. */
    public static Setting<List<String>> uris(String key, String label, String help) {
        return list(key, label, help, "##|\\s");
    }

    /** One word, possibly empty. */
    public static Setting<String> word(String key, String label, String help) {
        return new Setting<>(property(key, label, help, ProviderConfigProperty.STRING_TYPE, null), "", String::strip);
    }

    /** A list of pairs, each entry two words separated by white space; an entry of any other form is left out. */
    public static Setting<Map<String, String>> pairs(String key, String label, String help) {
        ProviderConfigProperty property =
                property(key, label, help, ProviderConfigProperty.MULTIVALUED_STRING_TYPE, List.of());
        return new Setting<>(
                property,
                Map.of(),
                text -> Arrays.stream(text.split(Constants.CFG_DELIMITER))
                        .map(entry -> entry.strip().split("\\s+"))
                        .filter(words -> words.length == 2)
                        .collect(Collectors.toUnmodifiableMap(
                                words -> words[0], words -> words[1], (first, second) -> first)));
    }

    /** One of several words; anything else reads as the first of them, which is the default. */
    public static Setting<String> choice(String key, String label, String help, String... options) {
        ProviderConfigProperty property = property(key, label, help, ProviderConfigProperty.LIST_TYPE, options[0]);
        property.setOptions(List.of(options));
        return new Setting<>(property, options[0], text -> List.of(options).contains(text) ? text : options[0]);
    }

    /** A switch. */
    public static Setting<Boolean> flag(String key, String label, String help, boolean standard) {
        ProviderConfigProperty property = property(key, label, help, ProviderConfigProperty.BOOLEAN_TYPE, standard);
        return new Setting<>(property, standard, Boolean::parseBoolean);
    }

    /** A whole number, 0 or more; anything else reads as the default. */
    public static Setting<Integer> number(String key, String label, String help, int standard) {
        ProviderConfigProperty property = property(key, label, help, ProviderConfigProperty.STRING_TYPE, "" + standard);
        return new Setting<>(property, standard, text -> text.matches("\\d{1,9}") ? Integer.parseInt(text) : standard);
    }

    public String key() {
        return property.getName();
    }

    /** How the admin console shows this setting. */
    public ProviderConfigProperty property() {
        return property;
    }

    /**
     * How the admin console shows this setting where another provider's value counts unless it is set here: without a
     * default, which the console would write down as a value, and with a choice in place of a switch, which cannot be
     * left open.
     */
    public ProviderConfigProperty inheritedProperty() {
        boolean isSwitch = ProviderConfigProperty.BOOLEAN_TYPE.equals(property.getType());
        ProviderConfigProperty inherited = new ProviderConfigProperty(
                property.getName(),
                property.getLabel(),
                property.getHelpText(),
                isSwitch ? ProviderConfigProperty.LIST_TYPE : property.getType(),
                null);
        inherited.setOptions(isSwitch ? List.of("true", "false") : property.getOptions());
        return inherited;
    }

    /** The value in a component such as a client registration policy. */
    public T in(ComponentModel component) {
        List<String> values = component.getConfig().get(key());
        return read(
                values == null
                        ? null
                        : values.stream()
                                .filter(Objects::nonNull)
                                .collect(Collectors.joining(Constants.CFG_DELIMITER)));
    }

    /** The value in the configuration of a protocol mapper. */
    public T in(Map<String, String> configuration) {
        return read(configuration.get(key()));
    }

    /** The value in the configuration of a client policy executor, where a list may be a JSON array. */
    public T inJson(Map<String, ?> configuration) {
        Object value = configuration.get(key());
        return read(
                value instanceof Collection<?> many
                        ? many.stream().map(String::valueOf).collect(Collectors.joining(Constants.CFG_DELIMITER))
                        : value == null ? null : value.toString());
    }

    private T read(@Nullable String value) {
        return value == null ? standard : reader.apply(value);
    }

    private static Setting<List<String>> list(
            String key, String label, String help, String separator, String... standard) {
        ProviderConfigProperty property =
                property(key, label, help, ProviderConfigProperty.MULTIVALUED_STRING_TYPE, List.of(standard));
        return new Setting<>(
                property,
                List.of(standard),
                text -> Arrays.stream(text.split(separator))
                        .filter(word -> !word.isEmpty())
                        .toList());
    }

    private static ProviderConfigProperty property(
            String key, String label, String help, String type, @Nullable Object standard) {
        return new ProviderConfigProperty(key, label, help, type, standard);
    }
}
