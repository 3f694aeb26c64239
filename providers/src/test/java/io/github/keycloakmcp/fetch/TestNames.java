package io.github.keycloakmcp.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A name service that knows what a test tells it, and writes down what it is asked. Literals mean themselves. */
final class TestNames implements Names {

    private final Map<String, Deque<String[]>> answers = new HashMap<>();
    private final List<String> questions = new CopyOnWriteArrayList<>();

    /** The addresses of a name; told again, those that it has from its next question on. */
    TestNames with(String name, String... addresses) {
        answers.computeIfAbsent(name, unknown -> new ArrayDeque<>()).add(addresses);
        return this;
    }

    List<String> questions() {
        return List.copyOf(questions);
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        questions.add(host);
        Deque<String[]> known = answers.get(host);
        if (known == null) {
            if (!host.matches("\\[.*]|[0-9.]+")) {
                throw new UnknownHostException(host);
            }
            return InetAddress.getAllByName(host);
        }
        String[] addresses = known.size() > 1 ? known.remove() : known.element();
        return Stream.of(addresses).map(TestNames::literal).toArray(InetAddress[]::new);
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
