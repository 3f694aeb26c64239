package io.github.keycloakmcp.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import static org.assertj.core.api.Assertions.assertThat;

/** The files for Kubernetes and PostgreSQL, which no test runs, and for Traefik: they are YAML, fit together, and fit the realm file. */
class DeploymentFilesTest {

    private static final Path ROOT = Path.of("..");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String realm = read("realm-config/mcp-realm.json");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker/compose.postgres.yaml",
                "docker/kubernetes/keycloak.yaml",
                "docker/kubernetes/realm-import.yaml",
                "docker/kubernetes/keycloakx-values.yaml",
                "examples/reverse-proxy/traefik.yaml"
            })
    void areYaml(String file) {
        assertThat(yaml(read(file)).isObject()).isTrue();
    }

    /** What the command in the README makes: the head, and below it the realm file, which is YAML as it is. */
    @Test
    void theRealmFileFollowsTheHeadOfTheImport() throws IOException {
        String indented = realm.lines().map(line -> "    " + line).collect(Collectors.joining("\n"));
        JsonNode made = yaml(read("docker/kubernetes/realm-import.yaml") + indented);
        assertThat(made.at("/spec/realm")).isEqualTo(JSON.readTree(realm));
    }

    @Test
    void theImportNamesTheKeycloakAndPlaceholdersThatExist() {
        JsonNode made = yaml(read("docker/kubernetes/realm-import.yaml"));
        assertThat(made.at("/spec/keycloakCRName"))
                .isEqualTo(yaml(read("docker/kubernetes/keycloak.yaml")).at("/metadata/name"));
        assertThat(List.copyOf(made.at("/spec/placeholders").properties()))
                .isNotEmpty()
                .extracting(Map.Entry::getKey)
                .allSatisfy(this::isPlaceholder);
    }

    @Test
    void theChartGetsPlaceholdersThatExist() {
        String environment = yaml(read("docker/kubernetes/keycloakx-values.yaml"))
                .path("extraEnv")
                .asText();
        assertThat(yaml(environment.replace("{{", "").replace("}}", "")).findValuesAsText("name"))
                .contains("MCP_SERVERS", "KC_HOSTNAME")
                .filteredOn(name -> name.startsWith("MCP_"))
                .allSatisfy(this::isPlaceholder);
    }

    @Test
    void theDatabaseIsAddedToServicesThatExist() {
        JsonNode demonstration = yaml(read("docker/compose.yaml"));
        JsonNode more = yaml(read("docker/compose.postgres.yaml"));
        assertThat(demonstration.path("services").has("keycloak")).isTrue();
        assertThat(demonstration.at("/services/keycloak/build/args").has("KC_DB"))
                .isTrue();
        assertThat(more.at("/services/keycloak/environment/KC_DB_URL").asText())
                .isEqualTo("jdbc:postgresql://postgres/"
                        + more.at("/services/postgres/environment/POSTGRES_DB").asText());
    }

    /** A variable that compose.yaml does not name never reaches the container, whatever stands in docker/.env. */
    @Test
    void theDemonstrationPassesOnAndDescribesEveryPlaceholder() {
        Set<String> placeholders = Pattern.compile("\\$\\{(MCP_\\w+):")
                .matcher(realm)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(placeholders).contains("MCP_SERVERS", "MCP_DOCUMENTS_FROM");
        assertThat(List.copyOf(yaml(read("docker/compose.yaml"))
                        .at("/services/keycloak/environment")
                        .properties()))
                .extracting(Map.Entry::getKey)
                .containsAll(placeholders);
        String example = read("docker/.env.example");
        assertThat(placeholders).allSatisfy(name -> assertThat(example).contains(name));
    }

    private void isPlaceholder(String name) {
        assertThat(realm).contains("${" + name + ":");
    }

    private static JsonNode yaml(String text) {
        return JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
    }

    private static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }
}
