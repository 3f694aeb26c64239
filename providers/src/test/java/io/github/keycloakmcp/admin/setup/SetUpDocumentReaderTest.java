package io.github.keycloakmcp.admin.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The document of a set-up call: what is read, what is refused, and that its description knows every member. */
class SetUpDocumentReaderTest {

    private final SetUpDocumentReader reader = new SetUpDocumentReader(RealmFile.packed());

    @Test
    void readsEachMemberInItsForm() throws InvalidInput {
        SetUpDocument document =
                reader.read("{\"servers\": [\"https://a.example/mcp\"], \"allowLoopback\": false, \"maxClients\": 5}");
        assertThat(document.list("servers")).containsExactly("https://a.example/mcp");
        assertThat(document.list("allowLoopback")).containsExactly("false");
        assertThat(document.list("maxClients")).containsExactly("5");
        assertThat(document.list("trustedHosts")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{",
                "{} {}",
                "{\"servers\": [], \"servers\": []}",
                "{\"servers\": {}}",
                "{\"servers\": [\"a##b\"]}",
                "{\"servers\": [\"\"]}",
                "{\"maxClients\": true}",
                "{\"x\": 1}"
            })
    void refusesWhatIsNoDocument(String text) {
        assertThatThrownBy(() -> reader.read(text)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void theDescriptionOfTheInterfaceNamesEveryMember() throws IOException {
        String description = Files.readString(Path.of("../docs/admin-api.yaml"));
        String document =
                description.substring(description.indexOf("    Document:"), description.indexOf("    Status:"));
        List<String> described = Pattern.compile("(?m)^        ([a-zA-Z]+):$")
                .matcher(document)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(described)
                .containsExactlyInAnyOrderElementsOf(RealmFile.packed().members().stream()
                        .map(SetUpMember::name)
                        .toList());
    }
}
