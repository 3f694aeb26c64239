package io.github.keycloakmcp.tests.realclients;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.github.keycloakmcp.tests.server.TestSettings;

/**
 * Where pictures of pages go: beside the other results of the run, or with {@code -Dscreenshots.write=true} to
 * {@code docs/images}, where the documentation has them from.
 */
final class Screenshots {

    private Screenshots() {}

    static Path named(String name) {
        Path folder = Boolean.getBoolean("screenshots.write")
                ? documentation().resolve("images")
                : TestSettings.workFolder().resolveSibling("screenshots");
        return folder.resolve(name + ".png");
    }

    private static Path documentation() {
        return Stream.of("docs", "../docs")
                .map(Path::of)
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the folder docs is missing"));
    }
}
