package io.github.keycloakmcp.rule.hooks;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Constant pools, written byte by byte as the JVM specification says. */
class ClassFileTest {

    private static final UsedMember TYPE = new UsedMember("org/A", "", "");

    /** A constant that tells nothing about members must take exactly its own bytes, or all that follows is read wrong. */
    @ParameterizedTest(name = "after a constant with tag {0}, {1} bytes and {2} places")
    @CsvSource({
        "3, 4, 1",
        "4, 4, 1",
        "5, 8, 2",
        "6, 8, 2",
        "8, 2, 1",
        "12, 4, 1",
        "15, 3, 1",
        "16, 2, 1",
        "17, 4, 1",
        "18, 4, 1",
        "19, 2, 1",
        "20, 2, 1"
    })
    void readsWhatFollows(int tag, int bytes, int places) throws IOException {
        byte[] file = file(3 + places, pool -> {
            pool.writeByte(tag);
            pool.write(new byte[bytes]);
            text(pool, "org/A");
            entry(pool, 7, 1 + places);
        });
        assertThat(ClassFile.members(file)).containsExactly(TYPE);
    }

    @ParameterizedTest(name = "a member with tag {0}")
    @CsvSource({"9, field, I, false", "10, method, ()V, true", "11, method, (I)Z, true"})
    void namesMembersAndTheirClass(int tag, String name, String descriptor, boolean method) throws IOException {
        byte[] file = file(7, pool -> {
            text(pool, "org/A");
            entry(pool, 7, 1);
            text(pool, name);
            text(pool, descriptor);
            entry(pool, 12, 3, 4);
            entry(pool, tag, 2, 5);
        });
        UsedMember member = new UsedMember("org/A", name, descriptor);
        assertThat(ClassFile.members(file)).containsExactly(TYPE, member);
        assertThat(member.isMethod()).isEqualTo(method);
        assertThat(member.isClass()).isFalse();
        assertThat(member.readable()).isEqualTo("org.A#" + name);
        assertThat(TYPE.isClass()).isTrue();
        assertThat(TYPE.isMethod()).isFalse();
        assertThat(TYPE.readable()).isEqualTo("org.A");
    }

    @Test
    void refusesWhatIsNoClass() {
        assertThatThrownBy(() -> ClassFile.members("PK\u0003\u0004 a jar".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessage("not a class");
        assertThatThrownBy(() -> ClassFile.members(file(2, pool -> pool.writeByte(2))))
                .isInstanceOf(IOException.class)
                .hasMessage("unknown constant 2");
        assertThatThrownBy(() -> ClassFile.members(file(9, pool -> text(pool, "org/A"))))
                .isInstanceOf(IOException.class);
    }

    /** What writes the constants of a class. */
    private interface Constants {
        void write(DataOutputStream pool) throws IOException;
    }

    private static byte[] file(int places, Constants constants) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream file = new DataOutputStream(bytes);
        file.writeInt(0xCAFEBABE);
        file.writeShort(0);
        file.writeShort(61);
        file.writeShort(places);
        constants.write(file);
        return bytes.toByteArray();
    }

    private static void text(DataOutputStream pool, String text) throws IOException {
        pool.writeByte(1);
        pool.writeUTF(text);
    }

    private static void entry(DataOutputStream pool, int tag, int... values) throws IOException {
        pool.writeByte(tag);
        for (int value : values) {
            pool.writeShort(value);
        }
    }
}
