package io.github.keycloakmcp.tests.integration.faults;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A picture of values over time, one line for each node, as SVG for the documentation. */
final class Curve {

    private static final int LEFT = 56;
    private static final int WIDTH = 600;
    private static final int HEIGHT = 130;
    private static final int GAP = 46;
    private static final List<String> COLOURS = List.of("#0066cc", "#c46100");

    private final StringBuilder panels = new StringBuilder();
    private int top = 26;

    /** A value at a time. */
    record Point(long seconds, double value) {}

    /** Adds a panel that begins at zero. */
    Curve with(String title, List<List<Point>> lines) {
        double most = lines.stream()
                        .flatMap(List::stream)
                        .mapToDouble(Point::value)
                        .max()
                        .orElse(1)
                * 1.15;
        long last = lines.stream()
                .flatMap(List::stream)
                .mapToLong(Point::seconds)
                .max()
                .orElse(1);
        add("<text x='%d' y='%d' font-weight='bold'>%s</text>", LEFT, top - 8, title);
        add("<rect x='%d' y='%d' width='%d' height='%d' fill='none' stroke='#8a8d90'/>", LEFT, top, WIDTH, HEIGHT);
        for (int quarter = 0; quarter <= 4; quarter++) {
            int y = top + HEIGHT - quarter * HEIGHT / 4;
            add("<text x='%d' y='%d' text-anchor='end'>%.0f</text>", LEFT - 6, y + 4, most * quarter / 4);
            add("<path d='M%d %dh%d' stroke='#d2d2d2' fill='none'/>", LEFT, y, WIDTH);
        }
        for (int minute = 0; minute * 60L <= last; minute += 5) {
            add(
                    "<text x='%d' y='%d' text-anchor='middle'>%d min</text>",
                    LEFT + WIDTH * 60L * minute / last, top + HEIGHT + 15, minute);
        }
        for (int line = 0; line < lines.size(); line++) {
            String points = lines.get(line).stream()
                    .map(point -> String.format(
                            Locale.ROOT,
                            "%.1f,%.1f",
                            LEFT + (double) WIDTH * point.seconds() / last,
                            top + HEIGHT - HEIGHT * point.value() / most))
                    .collect(Collectors.joining(" "));
            add("<polyline points='%s' fill='none' stroke='%s' stroke-width='2'/>", points, COLOURS.get(line));
        }
        top += HEIGHT + GAP;
        return this;
    }

    /** The picture. */
    String svg() {
        return String.format(
                Locale.ROOT,
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' font-size='12'>"
                        + "<rect width='100%%' height='100%%' fill='#fff'/>%n%s</svg>%n",
                LEFT + WIDTH + 24,
                top - 20,
                panels);
    }

    private void add(String format, Object... values) {
        panels.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
