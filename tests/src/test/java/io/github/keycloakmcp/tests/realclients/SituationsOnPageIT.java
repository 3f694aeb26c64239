package io.github.keycloakmcp.tests.realclients;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.tests.integration.admin.Situation;
import io.github.keycloakmcp.tests.integration.admin.Situations;
import io.github.keycloakmcp.tests.server.Json;
import io.github.keycloakmcp.tests.server.KeycloakTest;
import io.github.keycloakmcp.tests.server.McpRealm;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Each way in which administrators have broken a realm, on the admin page in Chromium: it shows cause and fix, and after the
 * fix that nothing prevents the connection.
 */
@KeycloakTest(demo = false)
@DisabledIfSystemProperty(named = "keycloak.url", matches = ".+", disabledReason = "needs a server with two host names")
@ResourceLock(NodeScript.COMPUTER)
class SituationsOnPageIT {

    @Test
    void thePageShowsCauseAndFixOfEachAndIsGreenWhenTheFixIsFollowed(McpRealm neighbour) throws IOException {
        URI url = neighbour.server().url();
        String otherName = url.getHost().equals("localhost") ? "127.0.0.1" : "localhost";
        URI publicUrl = URI.create("http://" + otherName + ":" + url.getPort());
        try (Situations situations = Situations.beside(neighbour, publicUrl)) {
            AdminPageIT.makeAdministrator(situations.realm(), "alice");
            List<Situation> all = situations.all().toList();
            List<JsonNode> reports = PageVisits.report(all.stream()
                    .flatMap(situation -> visits(situations, situation))
                    .toList());
            SoftAssertions softly = new SoftAssertions();
            softly.assertThat(reports).hasSize(2 * all.size());
            for (int i = 0; i < all.size(); i++) {
                broken(softly, all.get(i), reports.get(2 * i));
                mended(softly, all.get(i), reports.get(2 * i + 1));
            }
            softly.assertAll();
        }
    }

    private static Stream<Supplier<JsonNode>> visits(Situations situations, Situation situation) {
        return Stream.of(
                () -> {
                    situations.restore();
                    situation.breaks().run();
                    return visit(situations.realm(), situation);
                },
                () -> {
                    situation.fix().run();
                    return visit(situations.realm(), situation);
                });
    }

    private static JsonNode visit(McpRealm realm, Situation situation) {
        ObjectNode visit = Json.object().put("page", AdminPageIT.switchOn(realm));
        visit.set("question", Json.tree(situation.question()));
        String[] header = situation.header().split(": ", 2);
        return visit.set("headers", Json.tree(header.length == 2 ? Map.of(header[0], header[1]) : Map.of()));
    }

    private static void broken(SoftAssertions softly, Situation situation, JsonNode report) {
        softly.assertThat(report.at("/verdict/severity").asText())
                .as("%s: %s", situation, report)
                .isEqualTo(situation.red() ? "error" : "success");
        List<String> lines = findings(report)
                .map(finding -> Json.texts(finding.path("lines")))
                .filter(finding -> finding.contains(situation.finding()))
                .findFirst()
                .orElse(List.of());
        softly.assertThat(lines).as("%s: %s", situation, report).hasSizeGreaterThanOrEqualTo(3);
        softly.assertThat(String.join("\n", lines)).as("%s", situation).contains(situation.words());
    }

    private static void mended(SoftAssertions softly, Situation situation, JsonNode report) {
        softly.assertThat(report.at("/verdict/severity").asText())
                .as("%s, mended: %s", situation, report)
                .isEqualTo("success");
        softly.assertThat(findings(report))
                .as("%s, mended", situation)
                .noneMatch(finding -> Json.texts(finding.path("lines")).contains(situation.finding()));
    }

    private static Stream<JsonNode> findings(JsonNode report) {
        return StreamSupport.stream(report.path("findings").spliterator(), false);
    }
}
