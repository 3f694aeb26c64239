package io.github.keycloakmcp.rule;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which answers say that they are JSON. */
class JsonMediaTypeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json; charset=utf-8",
                "application/json ;charset=utf-8",
                "application/jwk-set+json",
                "application/vnd.example.v1+json;q=1"
            })
    void knowsJson(String contentType) {
        assertThat(JsonMediaType.matches(contentType)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/html",
                "text/json",
                "application/jsonp",
                "application/x-json",
                "application/+json",
                "application/json, text/html",
                "text/html; application/json",
                "application/json+xml",
                "application/a/b+json",
                "xapplication/json"
            })
    void takesNothingElseForJson(String contentType) {
        assertThat(JsonMediaType.matches(contentType)).isFalse();
    }
}
