package io.github.keycloakmcp.platform;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

import io.github.keycloakmcp.rule.hooks.ClassFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.keycloak.protocol.ProtocolMapper;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a server lacks is found in the compiled classes. */
class UsedHooksTest {

    private static final ClassLoader HERE = UsedHooksTest.class.getClassLoader();

    @Test
    void theServerThatTheJarIsCompiledAgainstHasEverything() {
        assertThat(new UsedHooks(HERE).missing(ours())).isEmpty();
    }

    @Test
    void aClassThatIsGoneIsNamed() {
        String gone = "org.keycloak.protocol.oidc.token.TokenPostProcessorContext";
        ClassLoader server = new ClassLoader(HERE) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (name.equals(gone)) {
                    throw new ClassNotFoundException(name);
                }
                return super.loadClass(name, resolve);
            }
        };
        assertThat(new UsedHooks(server).missing(ours())).contains(gone);
    }

    @Test
    void aMethodThatHasAnotherNameIsNamed() {
        ClassLoader server = new ClassLoader(HERE) {
            @Override
            public @Nullable InputStream getResourceAsStream(String name) {
                InputStream found = super.getResourceAsStream(name);
                return found == null || !name.endsWith("UsedHooksTest.class") ? found : renamed(found);
            }
        };
        assertThat(new UsedHooks(server).missing(List.of(UsedHooksTest.class)))
                .contains("java.lang.StringBuilder#esrever")
                .hasSize(1);
    }

    @Test
    void whatIsNotAClassIsNotRead() {
        assertThatThrownBy(() -> ClassFile.members("no class at all".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    /** The one use of the method that is renamed. */
    static String backwards(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    private static InputStream renamed(InputStream in) {
        try (in) {
            String bytes = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            String name = backwards("esrever");
            return new ByteArrayInputStream(
                    bytes.replace("\0\7" + name, "\0\7" + backwards(name)).getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Class<?>> ours() {
        return Stream.<Class<?>>concat(
                        Stream.concat(types(ProtocolMapper.class), types(TokenPostProcessorFactory.class)),
                        Stream.of(SupportedServer.class))
                .filter(type -> type.getName().startsWith("io.github.keycloakmcp."))
                .toList();
    }

    private static Stream<Class<?>> types(Class<?> service) {
        return ServiceLoader.load(service, HERE).stream().map(ServiceLoader.Provider::type);
    }
}
