package io.github.keycloakmcp.example;

import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What the server is told at its start, read once and checked. Anything wrong is an {@link IllegalArgumentException}
 * whose message is one line a person can act on.
 *
 * @param resource the canonical URI of this MCP server (RFC 8707): clients ask for it, tokens must carry it in
 *     {@code aud}, and its path is where the endpoint is served
 * @param toolScopes the further scopes that single tools need
 * @param dpopRequired whether bearer tokens are refused; tokens bound to a key are accepted with a proof in any case
 * @param jwksUri where the keys are when they are not to be discovered from the issuer
 */
record Settings(
        int port,
        String host,
        URI resource,
        URI issuer,
        List<String> scopes,
        boolean advertiseScopes,
        ToolScopes toolScopes,
        boolean dpopRequired,
        @Nullable URI jwksUri,
        String name) {

    private static final String PLAIN_PATH = "(/[A-Za-z0-9._~-]+)*/?";

    /** {@code scope} in the grammar of RFC 6749 §3.3: nothing that would end the quotes around it in a header. */
    private static final String SCOPES = "[!#-\\[\\]-~]+( [!#-\\[\\]-~]+)*";

    static Settings read(List<String> arguments, Map<String, String> environment) {
        Map<Option, String> given = new EnumMap<>(Option.class);
        for (Option option : Option.values()) {
            given.put(option, environment.getOrDefault(option.variable(), ""));
        }
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String flag = equals < 0 ? argument : argument.substring(0, equals);
            Option option = Option.byFlag(flag)
                    .orElseThrow(() -> new IllegalArgumentException("unknown option " + flag + "; see --help"));
            if (equals < 0) {
                throw new IllegalArgumentException(flag + " needs a value: " + flag + "=...");
            }
            given.put(option, argument.substring(equals + 1));
        }
        given.replaceAll((option, value) -> value.isBlank() ? option.fallback() : value.strip());
        return of(given);
    }

    private static Settings of(Map<Option, String> given) {
        int port = port(value(given, Option.PORT));
        String resource = value(given, Option.RESOURCE);
        String jwksUri = value(given, Option.JWKS_URI);
        return new Settings(
                port,
                value(given, Option.HOST),
                resource(resource.isEmpty() ? "http://localhost:" + port + "/mcp" : resource),
                httpUrl(Option.ISSUER, value(given, Option.ISSUER)),
                scopes(value(given, Option.SCOPE)),
                flag(Option.ADVERTISE_SCOPES, value(given, Option.ADVERTISE_SCOPES)),
                ToolScopes.read(value(given, Option.TOOL_SCOPES)),
                dpopRequired(value(given, Option.DPOP)),
                jwksUri.isEmpty() ? null : httpUrl(Option.JWKS_URI, jwksUri),
                value(given, Option.NAME));
    }

    /** The scopes a token must have: those that clients are told about, and none when they are told of none. */
    List<String> requiredScopes() {
        return advertiseScopes ? scopes : List.of();
    }

    /** Every scope of this server, for its metadata. */
    List<String> allScopes() {
        return Stream.concat(scopes.stream(), toolScopes.byTool().values().stream())
                .distinct()
                .toList();
    }

    static boolean isScopes(String value) {
        return value.matches(SCOPES);
    }

    private static String value(Map<Option, String> given, Option option) {
        return given.getOrDefault(option, "");
    }

    private static int port(String value) {
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // said below, in the same words as a number out of range
        }
        throw new IllegalArgumentException(Option.PORT.flag() + " must be a number from 0 to 65535, not " + value);
    }

    private static List<String> scopes(String value) {
        if (!isScopes(value)) {
            throw new IllegalArgumentException(
                    Option.SCOPE.flag() + " must be scope names separated by single spaces, not " + value);
        }
        return List.of(value.split(" ", -1));
    }

    private static boolean flag(Option option, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(option.flag() + " must be true or false, not " + value);
        };
    }

    private static boolean dpopRequired(String value) {
        return switch (value) {
            case "required" -> true;
            case "accepted" -> false;
            default ->
                throw new IllegalArgumentException(Option.DPOP.flag() + " must be accepted or required, not " + value);
        };
    }

    private static URI resource(String value) {
        URI uri = httpUrl(Option.RESOURCE, value);
        if (uri.getRawQuery() != null || !uri.getRawPath().matches(PLAIN_PATH)) {
            throw new IllegalArgumentException(
                    Option.RESOURCE.flag() + " must have a plain path and no query, not " + value);
        }
        return uri;
    }

    private static URI httpUrl(Option option, String value) {
        try {
            URI uri = URI.create(value);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (http && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (IllegalArgumentException notAUri) {
            // said below, in the same words as every other wrong URL
        }
        throw new IllegalArgumentException(
                option.flag() + " must be an http(s) URL without user info and fragment, not " + value);
    }
}
