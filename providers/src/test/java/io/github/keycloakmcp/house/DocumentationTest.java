package io.github.keycloakmcp.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** docs/configuration.md says what the code says. With {@code -Ddocs.write=true} it is written instead of compared. */
class DocumentationTest {

    private static final Path PAGE = Path.of("../docs/configuration.md");
    private static final String HINT = "docs/configuration.md is not up to date, write it with: "
            + "./mvnw -pl providers test -Dtest=DocumentationTest -Ddocs.write=true";

    @Test
    void describesEverySettingAsTheCodeHasIt() throws IOException {
        String page = ConfigurationPage.render(Services.factories());
        if (Boolean.getBoolean("docs.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).as(HINT).exists();
        assertThat(Files.readString(PAGE).replace("\r\n", "\n")).as(HINT).isEqualTo(page);
    }
}
