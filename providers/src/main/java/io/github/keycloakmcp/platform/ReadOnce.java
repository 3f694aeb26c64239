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

    private final Map<K, V> kept = new ConcurrentHashMap<>();
    private final int most;

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

    /** Keeps what {@code text} says. */
    public V keep(K text, V read) {
        if (kept.size() >= most) {
            kept.clear();
        }
        kept.put(text, read);
        return read;
    }
}
