package io.github.keycloakmcp.cimd;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What counts as a client's key set. */
class KeyLoaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                      | no key set",
                "{}                                      | no key set",
                "{\"keys\": {}}                          | no key set",
                "{\"keys\": [[]]}                        | no key set",
                "{\"keys\": [], \"keys\": []}            | no key set",
                "{\"keys\": [{\"kty\":\"RSA\",\"d\":\"AQ\"}]}  | private keys",
                "{\"keys\": [{\"kty\":\"oct\",\"k\":\"AQ\"}]}  | private keys"
            })
    void anythingElseIsRefusedWithTheReason(String text, String reason) {
        assertThat(KeyLoader.read(text)).isInstanceOfSatisfying(KeyLoader.Keys.Missing.class, missing -> {
            assertThat(missing.reason()).contains(reason);
            assertThat(missing.temporary()).isFalse();
        });
    }

    @Test
    void thirtyKeysAreKeptAndNoMore() {
        assertThat(KeyLoader.read(keys(KeyLoader.MAX_KEYS)))
                .isInstanceOfSatisfying(
                        KeyLoader.Keys.Found.class,
                        found -> assertThat(found.set().getKeys()).hasSize(KeyLoader.MAX_KEYS));
        assertThat(KeyLoader.read(keys(KeyLoader.MAX_KEYS + 1)))
                .isEqualTo(new KeyLoader.Keys.Missing("jwks_uri leads to more than 30 keys", false));
    }

    private static String keys(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> "{\"kty\": \"RSA\", \"kid\": \"" + i + "\"}")
                .collect(Collectors.joining(",", "{\"keys\": [", "]}"));
    }
}
