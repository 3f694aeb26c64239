package io.github.keycloakmcp.platform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.component.ComponentModel;
import org.keycloak.provider.ProviderConfigProperty;

import static org.assertj.core.api.Assertions.assertThat;

/** How a setting is read, from a component and from a protocol mapper. */
class SettingTest {

    private static final Setting<List<String>> WORDS =
            Setting.words("words", "Words", "Some words.", "Empty means none.", "a", "b");
    private static final Setting<List<String>> URIS = Setting.uris("uris", "URIs", "Some URIs.", "Empty means none.");
    private static final Setting<String> WORD = Setting.word("word", "Word", "One word.", "Empty means none.");
    private static final Setting<Boolean> FLAG = Setting.flag("flag", "Flag", "A switch", true);
    private static final Setting<Map<String, String>> PAIRS =
            Setting.pairs("pairs", "Pairs", "Some pairs.", "Empty means none.");
    private static final Setting<String> CHOICE = Setting.choice("choice", "Choice", "A choice", "one", "two");
    private static final Setting<Integer> NUMBER = Setting.number("number", "Number", "A number", 7);

    @Test
    void readsTheDefaultWhereNothingIsSet() {
        ComponentModel empty = new ComponentModel();
        assertThat(WORDS.in(empty)).containsExactly("a", "b");
        assertThat(URIS.in(empty)).isEmpty();
        assertThat(WORD.in(empty)).isEmpty();
        assertThat(FLAG.in(empty)).isTrue();
        assertThat(NUMBER.in(empty)).isEqualTo(7);
        assertThat(PAIRS.in(empty)).isEmpty();
        assertThat(CHOICE.in(empty)).isEqualTo("one");
        assertThat(PAIRS.in(Map.of())).isEmpty();
        assertThat(CHOICE.in(Map.of())).isEqualTo("one");
        assertThat(WORDS.in(Map.of())).containsExactly("a", "b");
        assertThat(FLAG.in(Map.of())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x y", "x,y", "x, y", "x##y", " x\ty ", "x\n\ny", "##x##,y,##", ",x,,y"})
    void splitsWordsAtWhiteSpaceCommasAndKeycloaksDelimiter(String text) {
        assertThat(WORDS.in(Map.of("words", text))).containsExactly("x", "y");
        assertThat(WORDS.in(component("words", text))).containsExactly("x", "y");
    }

    @Test
    void joinsTheEntriesOfAListWhateverIsInEachOfThem() {
        assertThat(WORDS.in(component("words", "x", "y z", "", " v,w "))).containsExactly("x", "y", "z", "v", "w");
        assertThat(URIS.in(component("uris", "https://a.example/x,y", "https://b.example  https://c.example")))
                .containsExactly("https://a.example/x,y", "https://b.example", "https://c.example");
    }

    @Test
    void keepsACommaInAUri() {
        assertThat(URIS.in(Map.of("uris", "https://a.example/x,y##https://b.example\n")))
                .containsExactly("https://a.example/x,y", "https://b.example");
    }

    @Test
    void keepsASingleHashInAWord() {
        assertThat(URIS.in(Map.of("uris", "https://a.example/#x"))).containsExactly("https://a.example/#x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", "##", "####, "})
    void readsAnEmptiedListAsEmptyAndNotAsTheDefault(String text) {
        assertThat(WORDS.in(Map.of("words", text))).isEmpty();
        assertThat(WORDS.in(component("words", text))).isEmpty();
    }

    @Test
    void stripsAWord() {
        assertThat(WORD.in(Map.of("word", " https://a.example \n"))).isEqualTo("https://a.example");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "TRUE, true", "false, false", "yes, false", "'', true", "' ', true"})
    void readsASwitch(String text, boolean value) {
        assertThat(FLAG.in(component("flag", text))).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "12, 12", "999999999, 999999999", "-1, 7", "9999999999, 7", "many, 7", "1.5, 7", "'', 7"})
    void readsANumberAndTakesTheDefaultForAnythingElse(String text, int value) {
        assertThat(NUMBER.in(component("number", text))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b##c d", " a  b ## c\td ", "##a b####c d##", "a\n\nb##c d##a x", "a b##c d##e##f g h"})
    void readsPairsOfTwoWordsAndLeavesOutTheRest(String text) {
        assertThat(PAIRS.in(Map.of("pairs", text))).containsOnly(Map.entry("a", "b"), Map.entry("c", "d"));
        assertThat(PAIRS.in(component("pairs", text))).containsOnly(Map.entry("a", "b"), Map.entry("c", "d"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "##", "a", "a b c", "a##b", "a,b"})
    void readsNoPairsWhereThereAreNone(String text) {
        assertThat(PAIRS.in(Map.of("pairs", text))).isEmpty();
        assertThat(PAIRS.in(component("pairs", text))).isEmpty();
    }

    @Test
    void keepsTheFirstOfTwoPairsWithOneKeyAndACommaInAWord() {
        assertThat(PAIRS.in(component("pairs", "a x,y", "a b", "c d")))
                .containsOnly(Map.entry("a", "x,y"), Map.entry("c", "d"));
    }

    @ParameterizedTest
    @CsvSource({"one, one", "two, two", "TWO, one", "' two', one", "three, one", "'', one", "'one,two', one"})
    void readsAChoiceAndTakesTheFirstForAnythingElse(String text, String value) {
        assertThat(CHOICE.in(component("choice", text))).isEqualTo(value);
        assertThat(CHOICE.in(Map.of("choice", text))).isEqualTo(value);
    }

    @Test
    void passesOverEntriesThatAreNull() {
        ComponentModel component = new ComponentModel();
        for (Setting<?> setting : List.of(WORDS, URIS, PAIRS)) {
            component.getConfig().put(setting.key(), Arrays.asList(null, "x y", null));
        }
        assertThat(WORDS.in(component)).containsExactly("x", "y");
        assertThat(URIS.in(component)).containsExactly("x", "y");
        assertThat(PAIRS.in(component)).containsOnly(Map.entry("x", "y"));
        component.getConfig().put("choice", Collections.singletonList(null));
        component.getConfig().put("number", Arrays.asList(null, "12"));
        assertThat(CHOICE.in(component)).isEqualTo("one");
        assertThat(NUMBER.in(component)).isEqualTo(12);
    }

    @Test
    void readsAMapperWhoseSettingIsNullLikeOneWithoutIt() {
        Map<String, String> mapper = new HashMap<>();
        List.of(WORDS, URIS, PAIRS, CHOICE, FLAG).forEach(setting -> mapper.put(setting.key(), null));
        assertThat(WORDS.in(mapper)).containsExactly("a", "b");
        assertThat(PAIRS.in(mapper)).isEmpty();
        assertThat(CHOICE.in(mapper)).isEqualTo("one");
        assertThat(FLAG.in(mapper)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"##", " ", ",", "#", "##,", " ## ", "\n\t"})
    void survivesAHundredThousandSeparators(String separator) {
        String text = "x" + separator.repeat(100_000) + "y";
        assertThat(WORDS.in(Map.of("words", text))).isNotEmpty();
        assertThat(WORDS.in(Map.of("words", separator.repeat(100_000)))).hasSizeLessThanOrEqualTo(1);
        assertThat(URIS.in(Map.of("uris", text))).isNotEmpty();
        assertThat(PAIRS.in(Map.of("pairs", text))).hasSizeLessThanOrEqualTo(1);
        assertThat(CHOICE.in(Map.of("choice", text))).isEqualTo("one");
        assertThat(NUMBER.in(Map.of("number", text))).isEqualTo(7);
        assertThat(FLAG.in(Map.of("flag", text))).isEqualTo(text.isBlank());
    }

    @Test
    void showsEachSettingInTheAdminConsole() {
        assertProperty(WORDS, "words", ProviderConfigProperty.MULTIVALUED_STRING_TYPE, List.of("a", "b"));
        assertProperty(FLAG, "flag", ProviderConfigProperty.BOOLEAN_TYPE, true);
        assertProperty(NUMBER, "number", ProviderConfigProperty.INTEGER_TYPE, "7");
        assertProperty(PAIRS, "pairs", ProviderConfigProperty.MULTIVALUED_STRING_TYPE, List.of(""));
        assertProperty(CHOICE, "choice", ProviderConfigProperty.LIST_TYPE, "one");
        assertThat(CHOICE.property().getOptions()).containsExactly("one", "two");
        assertThat(WORD.property().getType()).isEqualTo(ProviderConfigProperty.STRING_TYPE);
        assertThat(WORDS.property().getLabel()).isEqualTo("Words");
        assertThat(WORDS.property().getHelpText()).isEqualTo("Some words. Empty means none.");
    }

    /** What the console stores for a field that no one has touched, where nothing was stored before. */
    static List<Arguments> untouchedFields() {
        return List.of(
                Arguments.of(WORDS, List.of("a", "b")),
                Arguments.of(URIS, List.of("")),
                Arguments.of(PAIRS, List.of("")),
                Arguments.of(WORD, List.of("")),
                Arguments.of(FLAG, List.of("true")),
                Arguments.of(CHOICE, List.of("one")),
                Arguments.of(NUMBER, List.of("7")));
    }

    @ParameterizedTest
    @MethodSource("untouchedFields")
    void aFieldThatTheConsoleSavesUntouchedReadsAsIfItWereAbsent(Setting<?> setting, List<String> stored) {
        assertThat(setting.in(component(setting.key(), stored.toArray(new String[0]))))
                .isEqualTo(setting.in(new ComponentModel()));
        assertThat(setting.inJson(Map.of(setting.key(), stored), SettingTest::fail))
                .isEqualTo(setting.in(new ComponentModel()));
        assertThat(setting.in(Map.of(setting.key(), String.join("##", stored))))
                .isEqualTo(setting.in(new ComponentModel()));
    }

    @ParameterizedTest
    @MethodSource("untouchedFields")
    void nullAndAListOfNullReadAsIfTheSettingWereAbsent(Setting<?> setting) {
        Map<String, Object> json = new HashMap<>();
        json.put(setting.key(), null);
        assertThat(setting.inJson(json, SettingTest::fail)).isEqualTo(setting.in(new ComponentModel()));
        json.put(setting.key(), Collections.singletonList(null));
        assertThat(setting.inJson(json, SettingTest::fail)).isEqualTo(setting.in(new ComponentModel()));
        json.put(setting.key(), List.of());
        assertThat(setting.inJson(json, SettingTest::fail)).isEqualTo(setting.in(new ComponentModel()));
    }

    /** Of a list whose default is empty or absent the console shows no field, or stores {@code [null]}. */
    @ParameterizedTest
    @MethodSource("untouchedFields")
    void theConsoleHasARowForEveryList(Setting<?> setting) {
        List.of(setting.property(), setting.inheritedProperty()).forEach(property -> {
            if (property.getType().equals(ProviderConfigProperty.MULTIVALUED_STRING_TYPE)) {
                assertThat(property.getDefaultValue())
                        .asInstanceOf(InstanceOfAssertFactories.LIST)
                        .isNotEmpty()
                        .doesNotContainNull();
            }
        });
    }

    /** The console preselects the first option of a choice and stores it. */
    @Test
    void aSwitchThatIsLeftOpenIsAChoiceWhoseFirstOptionLeavesItOpen() {
        ProviderConfigProperty property = FLAG.inheritedProperty();
        assertThat(property.getType()).isEqualTo(ProviderConfigProperty.LIST_TYPE);
        assertThat(property.getDefaultValue()).isEqualTo(Setting.INHERITED);
        assertThat(property.getOptions()).containsExactly(Setting.INHERITED, "true", "false");
        assertThat(property.getHelpText())
                .isEqualTo("A switch Choose inherited to apply the value of the registration policy.");
    }

    @ParameterizedTest
    @CsvSource({
        "number, -1, 'number: not a whole number from 0 to 999999999: -1'",
        "number, many, 'number: not a whole number from 0 to 999999999: many'",
        "number, 0.5, 'number: not a whole number from 0 to 999999999: 0.5'",
        "flag, yes, 'flag: not true or false: yes'",
        "choice, three, 'choice: not one of one, two: three'",
        "pairs, a b c, 'pairs: not two words separated by a space: a?b?c'"
    })
    void aMalformedEntryIsReportedWithItsSetting(String key, String text, String problem) {
        List<String> problems = new ArrayList<>();
        Setting<?> setting = Stream.of(NUMBER, FLAG, CHOICE, PAIRS)
                .filter(candidate -> candidate.key().equals(key))
                .findFirst()
                .orElseThrow();
        setting.in(component(key, text), problems::add);
        assertThat(problems).containsExactly(problem);
    }

    private static void fail(String problem) {
        throw new AssertionError(problem);
    }

    private static void assertProperty(Setting<?> setting, String key, String type, Object standard) {
        assertThat(setting.key()).isEqualTo(key);
        assertThat(setting.property().getName()).isEqualTo(key);
        assertThat(setting.property().getType()).isEqualTo(type);
        assertThat(setting.property().getDefaultValue()).isEqualTo(standard);
    }

    private static ComponentModel component(String key, String... values) {
        ComponentModel component = new ComponentModel();
        component.getConfig().put(key, List.of(values));
        return component;
    }
}
