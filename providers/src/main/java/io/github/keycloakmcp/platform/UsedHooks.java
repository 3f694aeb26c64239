package io.github.keycloakmcp.platform;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.hooks.ClassFile;
import io.github.keycloakmcp.rule.hooks.UsedMember;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the compiled classes of this extension use of the server, compared with what the server has. Without it, a
 * server that has renamed a method starts, and the first request that needs it fails with 500.
 */
final class UsedHooks {

    private static final String PRODUCT = "io/github/keycloakmcp/";

    private final ClassLoader loader;
    private final Map<UsedMember, Boolean> known = new HashMap<>();

    UsedHooks(ClassLoader loader) {
        this.loader = loader;
    }

    /** What is missing for these classes, and for every class of this extension that they use. */
    Set<String> missing(Collection<Class<?>> roots) {
        Set<String> missing = new HashSet<>();
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>();
        roots.forEach(root -> open.add(root.getName().replace('.', '/')));
        while (!open.isEmpty()) {
            String name = open.pop();
            if (seen.add(name)) {
                examine(name, missing, open);
            }
        }
        return missing;
    }

    private void examine(String name, Set<String> missing, Deque<String> open) {
        for (UsedMember member : members(name)) {
            if (member.isClass() && member.owner().startsWith(PRODUCT)) {
                open.add(member.owner());
            } else if (!member.owner().startsWith("[") && !known.computeIfAbsent(member, this::exists)) {
                missing.add(member.readable());
            }
        }
        Class<?> type = load(name);
        if (type == null) {
            missing.add(name.replace('/', '.'));
        } else if (!Modifier.isAbstract(type.getModifiers())) {
            unimplemented(type).forEach(missing::add);
        }
    }

    private Set<UsedMember> members(String name) {
        try (InputStream in = loader.getResourceAsStream(name + ".class")) {
            return in == null ? Set.of() : ClassFile.members(in.readAllBytes());
        } catch (IOException e) {
            return Set.of();
        }
    }

    private boolean exists(UsedMember member) {
        Class<?> type = load(member.owner());
        try {
            return type != null && (member.isClass() || has(type, member));
        } catch (LinkageError e) {
            return true; // a class that names what this server does not have; what we use of it is not known to be
            // missing
        }
    }

    private @Nullable Class<?> load(String name) {
        try {
            return Class.forName(name.replace('/', '.'), false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    private static boolean has(Class<?> type, UsedMember member) {
        return declares(type, member)
                || Stream.concat(Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()))
                        .anyMatch(parent -> has(parent, member))
                || (type.isInterface() && declares(Object.class, member));
    }

    private static boolean declares(Class<?> type, UsedMember member) {
        if (!member.isMethod()) {
            return Stream.of(type.getDeclaredFields())
                    .anyMatch(field -> field.getName().equals(member.name())
                            && field.getType().descriptorString().equals(member.descriptor()));
        }
        return member.name().equals("<init>")
                ? Stream.of(type.getDeclaredConstructors())
                        .anyMatch(made ->
                                descriptor(void.class, made.getParameterTypes()).equals(member.descriptor()))
                : Stream.of(type.getDeclaredMethods())
                        .anyMatch(method -> method.getName().equals(member.name())
                                && descriptor(method.getReturnType(), method.getParameterTypes())
                                        .equals(member.descriptor()));
    }

    private static String descriptor(Class<?> result, Class<?>... parameters) {
        return MethodType.methodType(result, parameters).toMethodDescriptorString();
    }

    /** Methods that an interface of the server demands, and that this extension does not know. */
    private static Stream<String> unimplemented(Class<?> type) {
        try {
            return Stream.of(type.getMethods())
                    .filter(method -> Modifier.isAbstract(method.getModifiers()))
                    .map(method -> type.getName() + "#" + method.getName());
        } catch (LinkageError e) {
            return Stream.of(type.getName());
        }
    }
}
