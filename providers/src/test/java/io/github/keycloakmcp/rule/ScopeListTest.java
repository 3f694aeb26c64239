package io.github.keycloakmcp.rule;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Scopes with blanks between them, however many there are. */
class ScopeListTest {

    @ParameterizedTest(name = "[{0}] has {1}")
    @CsvSource(delimiter = '|', nullValues = "-", ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            -|''|0
            ''|''|0
             |''|0
               |''|0
            a|a|1
             a|a|1
            a |a|1
            read|read|1
            read write|read write|2
             read   write  |read write|2
            read read|read|1
            read write read|read write|2
            a\tb|a\tb|1
            read,write|read,write|1
            """)
    void isCutAtBlanksAlone(@Nullable String list, @Nullable String names, int count) {
        assertThat(ScopeList.names(list)).hasSize(count);
        if (count > 0) {
            assertThat(ScopeList.names(list))
                    .containsExactlyInAnyOrder(String.valueOf(names).split(" "));
        }
    }

    @ParameterizedTest(name = "[{0}] without read and write: [{1}]")
    @CsvSource(
            nullValues = "-",
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "-,'',''",
                "'','',''",
                "read,'',read",
                "openid,openid,''",
                "openid read email,openid email,read",
                " write  email read openid ,email openid,write read",
                "reader READ,reader READ,''",
                "write openid write,openid,write write"
            })
    void keepsItsOrder(@Nullable String list, String without, String only) {
        Set<String> two = Set.of("read", "write");
        assertThat(ScopeList.without(list, two)).isEqualTo(without);
        assertThat(ScopeList.only(list, two)).isEqualTo(only);
    }
}
