package io.github.keycloakmcp.rule.hooks;

/**
 * A class, or a method or field of it, that a compiled class names.
 *
 * @param owner the class, with slashes
 * @param name the member; empty for the class alone
 * @param descriptor parameters and result as the JVM writes them; empty for the class alone
 */
public record UsedMember(String owner, String name, String descriptor) {

    /** The class alone. */
    public boolean isClass() {
        return name.isEmpty();
    }

    public boolean isMethod() {
        return descriptor.startsWith("(");
    }

    /** As an administrator reads it: class and member, without parameters. */
    public String readable() {
        String type = owner.replace('/', '.');
        return isClass() ? type : type + "#" + name;
    }
}
