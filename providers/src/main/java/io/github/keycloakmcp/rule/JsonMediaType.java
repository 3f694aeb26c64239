package io.github.keycloakmcp.rule;

import java.util.regex.Pattern;

/** {@code application/json} and types that end in {@code +json}, with any parameters. */
public final class JsonMediaType {

    private static final Pattern JSON =
            Pattern.compile("application/([\\w.-]+\\+)?json\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    private JsonMediaType() {}

    /** Tells whether a {@code Content-Type} is one of them. */
    public static boolean matches(String contentType) {
        return JSON.matcher(contentType).matches();
    }
}
