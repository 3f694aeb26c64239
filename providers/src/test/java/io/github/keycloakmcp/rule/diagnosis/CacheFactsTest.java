package io.github.keycloakmcp.rule.diagnosis;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is known of the realm cache. */
class CacheFactsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<local-cache name=\"realms\"><memory max-count=\"50000\"/></local-cache>",
                "<local-cache name='realms'/>",
                "caches:\n  realms:\n    localCache:\n      memory:\n        maxCount: 50000\n",
                "{\"caches\": {\"realms\": {}}}"
            })
    void findsTheRealmCacheInEachFormat(String configuration) {
        assertThat(CacheFacts.isDescribedIn(configuration)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<local-cache name=\"realmRevisions\"/>",
                "<distributed-cache name=\"sessions\" owners=\"2\"/>",
                "caches:\n  myrealms:\n    localCache: {}\n"
            })
    void otherCachesAreOther(String configuration) {
        assertThat(CacheFacts.isDescribedIn(configuration)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"10000, 2500, false", "10000, 2501, true", "0, 100000, false"})
    void aSizeThatIsNotKnownIsNotTooSmall(long entries, long clients, boolean tooSmall) {
        assertThat(CacheFacts.isTooSmall(entries, clients)).isEqualTo(tooSmall);
    }
}
