package io.github.keycloakmcp.rule.team;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a team looks after, and that no spelling of a URI or a scope leads out of it. */
class TeamTest {

    private static final Team CALENDAR = new Team(
            "calendar",
            List.of(
                    "https://calendar.example.com/",
                    "https://tools.example.com/calendar/",
                    "https://one.example.com/mcp"),
            List.of("calendar:", "team.calendar/", "planner"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://calendar.example.com",
                "https://calendar.example.com/",
                "https://calendar.example.com/mcp",
                "https://calendar.example.com/a/b/mcp/",
                "HTTPS://Calendar.Example.COM:443/mcp",
                "https://tools.example.com/calendar",
                "https://tools.example.com/calendar/mcp",
                "https://calendar.example.com/.well/mcp",
                "https://calendar.example.com/v1.0/a..b/mcp",
                "https://one.example.com/mcp",
                "https://one.example.com/mcp/"
            })
    void coversWhatIsBelowItsEntries(String uri) {
        assertThat(CALENDAR.covers(uri)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://calendar.example.com/mcp",
                "https://calendar.example.com:8443/mcp",
                "https://calendar.example.com.evil.example/mcp",
                "https://calendar.example.com@evil.example/mcp",
                "https://evil.example/https://calendar.example.com/mcp",
                "https://sub.calendar.example.com/mcp",
                "https://tools.example.com/mcp",
                "https://tools.example.com/calendarium",
                "https://tools.example.com/Calendar/mcp",
                "https://tools.example.com/calendar/../payroll",
                "https://tools.example.com/calendar/./payroll",
                "https://tools.example.com/calendar/..",
                "https://tools.example.com/calendar/..;/payroll",
                "https://tools.example.com/calendar/%2e%2e/payroll",
                "https://tools.example.com/calendar%2f..%2fpayroll",
                "https://tools.example.com/calendar//payroll",
                "https://tools.example.com//calendar/payroll",
                "https://one.example.com/mcp/more",
                "https://one.example.com",
                "https://calendar.example.com/mcp?x=1",
                "https://calendar.example.com/*/mcp",
                "nonsense",
                ""
            })
    void coversNothingElse(String uri) {
        assertThat(CALENDAR.covers(uri)).isEqualTo(Team.NOT_COVERED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "https://", "*", "https://*/", "https://*.example.com/", "calendar.example.com/", " "})
    void anEntryThatIsNoUriCoversNothing(String entry) {
        assertThat(new Team("t", List.of(entry), List.of(entry)).covers("https://calendar.example.com/mcp"))
                .isEqualTo(Team.NOT_COVERED);
    }

    @ParameterizedTest
    @CsvSource({
        "calendar:read, true",
        "calendar:a:b, true",
        "team.calendar/read, true",
        "planner, true",
        "planner2, false",
        "calendar:, false",
        "calendar, false",
        "calendars:read, false",
        "Calendar:read, false",
        "openid, false",
        "mcp:tools, false"
    })
    void namesScopesBelowItsEntriesOnly(String scope, boolean may) {
        assertThat(CALENDAR.mayName(scope)).isEqualTo(may);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "/", "."})
    void anEntryOfASeparatorAloneNamesNothing(String entry) {
        Team team = new Team("t", List.of(), List.of(entry));
        assertThat(team.mayName(entry + "read")).isFalse();
        assertThat(team.mayName("read")).isFalse();
    }

    @Test
    void anAdministratorOfSeveralTeamsNamesTheScopesOfEach() {
        Teams teams = new Teams(List.of(CALENDAR, new Team("notes", List.of(), List.of("notes:"))));
        assertThat(teams.isEmpty()).isFalse();
        assertThat(teams.mayName("notes:read")).isTrue();
        assertThat(teams.mayName("calendar:read")).isTrue();
        assertThat(teams.mayName("payroll:read")).isFalse();
        assertThat(Teams.NONE.isEmpty()).isTrue();
        assertThat(Teams.NONE.mayName("notes:read")).isFalse();
    }

    @Test
    void aServerIsTheirsIfMarkAndEntryAgree() {
        Teams teams = new Teams(List.of(CALENDAR, new Team("notes", List.of("https://notes.example.com/"), List.of())));
        assertThat(teams.of("https://calendar.example.com/mcp", "calendar")).contains(CALENDAR);
        assertThat(teams.of("https://calendar.example.com/mcp", "notes"))
                .as("the mark of a team that does not cover it")
                .isEmpty();
        assertThat(teams.of("https://calendar.example.com/mcp", "payroll")).isEmpty();
        assertThat(teams.of("https://calendar.example.com/mcp", null)).isEmpty();
        assertThat(teams.of("https://payroll.example.com/mcp", "calendar"))
                .as("a mark without an entry")
                .isEmpty();
        assertThat(Teams.NONE.of("https://calendar.example.com/mcp", "")).isEmpty();
    }

    @Test
    void aPartOfAnotherTeamIsNotDeclaredIn() {
        Team wide = new Team("wide", List.of("https://tools.example.com/"), List.of());
        Team narrow = new Team("narrow", List.of("https://tools.example.com/narrow/"), List.of());
        List<Team> all = List.of(wide, narrow);
        assertThat(new Teams(List.of(wide)).declaring("https://tools.example.com/mcp", all))
                .contains(wide);
        assertThat(new Teams(List.of(wide)).declaring("https://tools.example.com/narrow/mcp", all))
                .isEmpty();
        assertThat(new Teams(List.of(narrow)).declaring("https://tools.example.com/narrow/mcp", all))
                .contains(narrow);
        assertThat(new Teams(all).declaring("https://tools.example.com/narrow/mcp", all))
                .contains(narrow);
        assertThat(new Teams(List.of(narrow)).declaring("https://tools.example.com/mcp", all))
                .isEmpty();
        assertThat(Teams.NONE.declaring("https://tools.example.com/mcp", all)).isEmpty();
    }
}
