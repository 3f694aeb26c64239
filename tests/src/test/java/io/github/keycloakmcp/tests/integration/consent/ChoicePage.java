package io.github.keycloakmcp.tests.integration.consent;

import java.net.URI;
import java.util.List;

import io.github.keycloakmcp.tests.client.Browser;
import io.github.keycloakmcp.tests.client.Form;
import io.github.keycloakmcp.tests.client.Page;

import static org.assertj.core.api.Assertions.assertThat;

/** A consent page on which the user selects scopes. */
record ChoicePage(Browser browser, Page page) {

    /** The scopes that the page offers; it has to be a consent page. */
    List<String> offered() {
        assertThat(page.isConsent()).as(page.text()).isTrue();
        return page.document().select("#mcp-choice input[type=checkbox]").eachAttr("value");
    }

    /** Allows with exactly these scopes selected. */
    Page select(String... scopes) {
        URI action = page.document().select("#kc-oauth form").eachAttr("abs:action").stream()
                .map(URI::create)
                .findFirst()
                .orElseThrow();
        Form answer = Form.of("code", page.document().select("input[name=code]").attr("value"), "accept", "")
                .with("mcp-choice", "1");
        return browser.post(action, scopes.length == 0 ? answer : answer.with("mcp-scope", scopes));
    }
}
