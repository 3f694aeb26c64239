package io.github.keycloakmcp.platform;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was read of texts that administrators write and requests need, kept by the text, so that it is read again only
 * when it has changed. A change needs no word to other nodes: it is another text.
 *
 * @param <K> the text, or several; never changed afterwards
 * @param <V> what it says
 */
public final class ReadOnce<K, V> {

    /** More texts than any server has; reached only if something generates them, then reading starts afresh. */
    private static final int MOST_TEXTS = 1_000;

    /**
     * Most characters of all texts together. Texts can be long: each change of a list of ten thousand servers is another text
     * with all of them, and a script that adds them one by one makes ten thousand such texts.
     */
    private static final long MOST_CHARACTERS = 8_000_000;

    private final Map<K, V> kept = new ConcurrentHashMap<>();
    private final int most;
    private long characters;

    public ReadOnce() {
        this(MOST_TEXTS);
    }

    /** Keeps at most {@code most}. */
    public ReadOnce(int most) {
        this.most = most;
    }

    /** What {@code text} says, if it has been read before. */
    public Optional<V> find(K text) {
        return Optional.ofNullable(kept.get(text));
    }

    /** Keeps what {@code text} says; a text that alone is longer than all may be is not kept. */
    public V keep(K text, V read) {
        int length = text.toString().length();
        if (length <= MOST_CHARACTERS) {
            keep(text, length, read);
        }
        return read;
    }

    private synchronized void keep(K text, int length, V read) {
        if (kept.size() >= most || characters + length > MOST_CHARACTERS) {
            kept.clear();
            characters = 0;
        }
        if (kept.put(text, read) == null) {
            characters += length;
        }
    }
}
