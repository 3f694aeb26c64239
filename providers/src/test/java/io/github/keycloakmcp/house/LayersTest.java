package io.github.keycloakmcp.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Every class is in a known package, uses only what is below it, and no two files need each other. */
class LayersTest {

    private static final Path CLASSES = Path.of("target/classes");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void theProductKeepsToTheTable() {
        assertThat(Layers.violations(Dependencies.in(CLASSES))).isEmpty();
    }

    @Test
    void noFilesUseEachOtherInACircle() {
        assertThat(Dependencies.in(CLASSES).circles()).isEmpty();
    }

    @Test
    void noSimpleClassNameIsThereTwice() {
        assertThat(Services.classes().stream()
                        .filter(type -> type.getEnclosingClass() == null)
                        .map(Class::getSimpleName))
                .doesNotHaveDuplicates();
    }

    @Test
    void aClassInAnUnknownPackageIsFound() {
        assertThat(Layers.violations(compiled("attic.Thing", "int i;")))
                .singleElement()
                .asString()
                .contains("attic.Thing is in a package that the table does not know");
    }

    @Test
    void aClassThatUsesALayerAboveIsFound() {
        assertThat(Layers.violations(
                        compiled("admission.Above", "", "platform.Below", "io.github.keycloakmcp.admission.Above a;")))
                .singleElement()
                .asString()
                .contains("platform.Below uses io.github.keycloakmcp.admission.Above");
    }

    @Test
    void aCapabilityThatUsesAnotherIsFound() {
        assertThat(Layers.violations(compiled("cimd.One", "", "consent.Other", "io.github.keycloakmcp.cimd.One o;")))
                .hasSize(1);
    }

    @Test
    void aRuleThatUsesMoreThanJavaIsFound() {
        assertThat(Layers.violations(compiled("rule.Impure", "org.w3c.dom.Node node;")))
                .hasSize(1);
    }

    @Test
    void aCircleOfFilesIsFound() {
        assertThat(compiled("rule.Egg", "Hen hen;", "rule.Hen", "Egg egg;", "rule.Nest", "Egg egg;")
                        .circles())
                .containsExactly("io.github.keycloakmcp.rule.Egg", "io.github.keycloakmcp.rule.Hen");
    }

    /** What the classes with these names and bodies use, compiled. */
    private Dependencies compiled(String... namesAndBodies) {
        List<String> arguments = new ArrayList<>(List.of("-d", folder.toString()));
        for (int i = 0; i < namesAndBodies.length; i += 2) {
            String name = "io.github.keycloakmcp." + namesAndBodies[i];
            String type = name.substring(name.lastIndexOf('.') + 1);
            arguments.add(write(
                    type,
                    "package " + Dependencies.packageOf(name) + "; public class " + type + " { public "
                            + (namesAndBodies[i + 1].isEmpty() ? "int none;" : namesAndBodies[i + 1]) + " }"));
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        return Dependencies.in(folder);
    }

    private String write(String type, String source) {
        try {
            return Files.writeString(folder.resolve(type + ".java"), source).toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
