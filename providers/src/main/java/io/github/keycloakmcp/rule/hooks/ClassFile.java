package io.github.keycloakmcp.rule.hooks;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The constant pool of a compiled class: every class, method and field that it names. Read instead of a list kept by hand,
 * which would be wrong after the next change.
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html#jvms-4.4">JVM specification, section 4.4</a>
 */
public final class ClassFile {

    private static final int MAGIC = 0xCAFEBABE;

    private final Object[] texts;
    private final int[] tags;
    private final int[] first;
    private final int[] second;

    private ClassFile(int size) {
        texts = new Object[size];
        tags = new int[size];
        first = new int[size];
        second = new int[size];
    }

    /**
     * Returns what a class names.
     *
     * @throws IOException if the bytes are not a class
     */
    public static Set<UsedMember> members(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        if (in.readInt() != MAGIC) {
            throw new IOException("not a class");
        }
        in.skipBytes(4);
        ClassFile pool = new ClassFile(in.readUnsignedShort());
        for (int i = 1; i < pool.tags.length; i += pool.read(in, i)) {}
        return pool.members();
    }

    /** Reads one entry, and returns how many places it takes. */
    private int read(DataInputStream in, int i) throws IOException {
        tags[i] = in.readUnsignedByte();
        switch (tags[i]) {
            case 1 -> texts[i] = in.readUTF();
            case 7, 8, 16, 19, 20 -> first[i] = in.readUnsignedShort();
            case 9, 10, 11, 12, 17, 18 -> {
                first[i] = in.readUnsignedShort();
                second[i] = in.readUnsignedShort();
            }
            case 3, 4 -> in.readInt();
            case 15 -> in.skipBytes(3);
            case 5, 6 -> in.readLong();
            default -> throw new IOException("unknown constant " + tags[i]);
        }
        return tags[i] == 5 || tags[i] == 6 ? 2 : 1;
    }

    private Set<UsedMember> members() {
        Set<UsedMember> members = new LinkedHashSet<>();
        for (int i = 1; i < tags.length; i++) {
            switch (tags[i]) {
                case 7 -> members.add(new UsedMember(text(first[i]), "", ""));
                case 9, 10, 11 ->
                    members.add(new UsedMember(text(first[first[i]]), text(first[second[i]]), text(second[second[i]])));
                default -> {}
            }
        }
        return members;
    }

    private String text(int i) {
        return String.valueOf(texts[i]);
    }
}
