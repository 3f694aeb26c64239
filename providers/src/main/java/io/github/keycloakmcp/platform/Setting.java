package io.github.keycloakmcp.platform;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.Constants;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * One setting of a provider: its key, default, label and help said once, used to show it in the admin console, to read
 * it and to document it.
 *
 * <p>Keycloak's console stores every field of a form that is saved, also those that no one has touched: the default that
 * the property names, {@code ""} where it names none, and {@code [null]} for a list without a default. So a list whose
 * default is empty names one empty entry, which the console shows as an empty row; of an empty list it shows neither a row
 * nor a button to add one. And every reader takes {@code null}, {@code [null]} and, except for lists, {@code ""} for a
 * setting that is absent.
 *
 * @param <T> what the setting is read as
 */
public final class Setting<T> {

    /** The choice that stands for the value of the registration policy, where a setting can be left open. */
    public static final String INHERITED = "inherited";

    private static final String FROM_POLICY = " If empty, the value of the registration policy applies.";

    private final ProviderConfigProperty property;
    private final String help;
    private final T defaultValue;
    private final SettingReader<T> reader;

    private Setting(ProviderConfigProperty property, String help, T defaultValue, SettingReader<T> reader) {
        this.property = property;
        this.help = help;
        this.defaultValue = defaultValue;
        this.reader = reader;
    }

    /**
     * A list of words. Each entry may itself hold several words separated by white space or commas, so that one
     * environment variable in a realm file can fill the whole list.
     *
     * @param help what the setting does
     * @param empty what an empty list means
     */
    public static Setting<List<String>> words(String key, String label, String help, String empty, String... defaults) {
        return list(key, label, help, empty, "##|[\\s,]", defaults);
    }

    /** A list of URIs, separated by white space; a comma may be part of a URI. */
    public static Setting<List<String>> uris(String key, String label, String help, String empty) {
        return list(key, label, help, empty, "##|\\s");
    }

    /** One word, possibly empty. */
    public static Setting<String> word(String key, String label, String help, String empty) {
        return new Setting<>(
                property(key, label, help + " " + empty, ProviderConfigProperty.STRING_TYPE, null),
                help,
                "",
                (text, invalid) -> text.strip());
    }

    /** A list of pairs, each entry two words separated by white space; an entry of any other form is ignored. */
    public static Setting<Map<String, String>> pairs(String key, String label, String help, String empty) {
        ProviderConfigProperty property =
                property(key, label, help + " " + empty, ProviderConfigProperty.MULTIVALUED_STRING_TYPE, List.of(""));
        return new Setting<>(property, help, Map.of(), SettingReader.pairs());
    }

    /** One of several words; anything else reads as the first of them, which is the default. */
    public static Setting<String> choice(String key, String label, String help, String... options) {
        ProviderConfigProperty property = property(key, label, help, ProviderConfigProperty.LIST_TYPE, options[0]);
        property.setOptions(List.of(options));
        return new Setting<>(property, help, options[0], SettingReader.choice(List.of(options)));
    }

    /** A switch; anything but {@code true} is off. */
    public static Setting<Boolean> flag(String key, String label, String help, boolean defaultValue) {
        ProviderConfigProperty property = property(key, label, help, ProviderConfigProperty.BOOLEAN_TYPE, defaultValue);
        return new Setting<>(property, help, defaultValue, SettingReader.flag());
    }

    /** A whole number, 0 or more; anything else reads as the default. */
    public static Setting<Integer> number(String key, String label, String help, int defaultValue) {
        ProviderConfigProperty property = property(
                key,
                label,
                help + " If empty, " + defaultValue + " applies.",
                ProviderConfigProperty.INTEGER_TYPE,
                "" + defaultValue);
        return new Setting<>(property, help, defaultValue, SettingReader.number(defaultValue));
    }

    public String key() {
        return property.getName();
    }

    /** How the admin console shows this setting. */
    public ProviderConfigProperty property() {
        return property;
    }

    /**
     * How the admin console shows this setting where another provider's value applies unless it is set here: without a
     * default, which the console would store as a value, and with a choice in place of a switch. The console preselects
     * the first option of a choice and stores it, so that is {@value #INHERITED}.
     */
    public ProviderConfigProperty inheritedProperty() {
        boolean isSwitch = ProviderConfigProperty.BOOLEAN_TYPE.equals(property.getType());
        boolean isList = ProviderConfigProperty.MULTIVALUED_STRING_TYPE.equals(property.getType());
        ProviderConfigProperty inherited = new ProviderConfigProperty(
                property.getName(),
                property.getLabel(),
                isSwitch
                        ? help + " Choose " + INHERITED + " to apply the value of the registration policy."
                        : help + FROM_POLICY,
                isSwitch ? ProviderConfigProperty.LIST_TYPE : property.getType(),
                isList ? List.of("") : null);
        if (isSwitch) {
            inherited.setDefaultValue(INHERITED);
            inherited.setOptions(List.of(INHERITED, "true", "false"));
        }
        return inherited;
    }

    /** The value in a component such as a client registration policy. */
    public T in(ComponentModel component) {
        return in(component, ignored -> {});
    }

    /**
     * The value in a component.
     *
     * @param invalid receives each entry that is ignored because it is malformed, with the key of the setting
     */
    public T in(ComponentModel component, Consumer<String> invalid) {
        return read(joined(component.getConfig().get(key())), invalid);
    }

    /** The value in the configuration of a protocol mapper. */
    public T in(Map<String, String> configuration) {
        return in(configuration, ignored -> {});
    }

    /** The same; {@code invalid} receives each entry that is ignored. */
    public T in(Map<String, String> configuration, Consumer<String> invalid) {
        return read(configuration.get(key()), invalid);
    }

    /**
     * The value in the configuration of a client policy executor, where a list may be a JSON array.
     *
     * @param invalid receives each entry that is ignored because it is malformed, with the key of the setting
     */
    public T inJson(Map<String, ?> configuration, Consumer<String> invalid) {
        Object value = configuration.get(key());
        return read(
                value instanceof Collection<?> many ? joined(many) : value == null ? null : value.toString(), invalid);
    }

    private T read(@Nullable String value, Consumer<String> invalid) {
        boolean isList = ProviderConfigProperty.MULTIVALUED_STRING_TYPE.equals(property.getType());
        return value == null || (!isList && value.isBlank())
                ? defaultValue
                : reader.read(value, problem -> invalid.accept(key() + ": " + problem));
    }

    /** All entries as one text; null where there are none but null. */
    private static @Nullable String joined(@Nullable Collection<?> values) {
        List<String> texts = (values == null ? Stream.of() : values.stream())
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .toList();
        return texts.isEmpty() ? null : String.join(Constants.CFG_DELIMITER, texts);
    }

    private static Setting<List<String>> list(
            String key, String label, String help, String empty, String separator, String... defaults) {
        ProviderConfigProperty property = property(
                key,
                label,
                help + " " + empty,
                ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
                defaults.length == 0 ? List.of("") : List.of(defaults));
        return new Setting<>(property, help, List.of(defaults), SettingReader.list(separator));
    }

    private static ProviderConfigProperty property(
            String key, String label, String help, String type, @Nullable Object defaultValue) {
        return new ProviderConfigProperty(key, label, help, type, defaultValue);
    }
}
