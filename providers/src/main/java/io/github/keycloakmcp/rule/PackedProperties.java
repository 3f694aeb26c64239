package io.github.keycloakmcp.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;

/** Reads a file of properties, in UTF-8, that is packed beside a class. */
public final class PackedProperties {

    private PackedProperties() {}

    public static Properties beside(Class<?> owner, String file) {
        Properties properties = new Properties();
        try (InputStream bytes = Objects.requireNonNull(owner.getResourceAsStream(file), file)) {
            properties.load(new InputStreamReader(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
