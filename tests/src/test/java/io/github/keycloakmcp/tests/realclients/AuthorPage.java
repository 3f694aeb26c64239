package io.github.keycloakmcp.tests.realclients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page for authors of MCP servers, as a reader follows it: blocks with a file name are files, blocks with the title
 * {@code run} are commands, and the block {@code start} starts the server.
 *
 * @param blocks the blocks with a title, in their order
 */
record AuthorPage(List<Block> blocks) {

    static final String RUN = "run";
    static final String START = "start";

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\w+ title=\"([^\"]+)\"\\n(.*?)^```$");

    /**
     * A block of the page.
     *
     * @param title a file name, or what to do with a command
     * @param text what is in it
     */
    record Block(String title, String text) {

        boolean isFile() {
            return !title.equals(RUN) && !title.equals(START);
        }
    }

    /** Reads a page of {@code docs/servers}. */
    static AuthorPage read(String name) {
        Matcher matcher = BLOCK.matcher(text(root().resolve("docs/servers").resolve(name)));
        List<Block> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return new AuthorPage(List.copyOf(blocks));
    }

    /** The files of the page. */
    List<Block> files() {
        return blocks.stream().filter(Block::isFile).toList();
    }

    /** The text of a file of {@code examples/servers}. */
    static String example(String folder, String file) {
        return text(root().resolve("examples/servers").resolve(folder).resolve(file));
    }

    private static Path root() {
        return Stream.of(".", "..")
                .map(Path::of)
                .filter(folder -> Files.isDirectory(folder.resolve("docs/servers")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the folder docs/servers is missing"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
