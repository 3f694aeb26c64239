import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls the running server with tokens of a service account. */
public class CalendarTest {

    static final HttpClient HTTP = HttpClient.newHttpClient();
    static final String ISSUER = System.getenv().getOrDefault("ISSUER", "http://localhost:8080/realms/mcp");
    static final String RESOURCE = System.getenv().getOrDefault("RESOURCE", "http://localhost:3010/mcp");

    public static void main(String[] arguments) throws Exception {
        HttpResponse<String> none = call("list_events", "none");
        check("without a token, the server says where to get one", none, 401, "resource_metadata=\"");
        String metadata = HTTP.send(
                        HttpRequest.newBuilder(URI.create(find("resource_metadata=\"([^\"]+)\"", challenge(none)))).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        check("the metadata names this server and the realm", metadata.contains(RESOURCE) && metadata.contains(ISSUER), metadata);
        check("a token for another server is rejected",
                call("list_events", token("mcp:tools", "http://localhost:3011/mcp")), 401, "resource_metadata=\"");

        String read = token("calendar:read", RESOURCE);
        check("a tool that needs another scope names it",
                call("add_event", read), 403, "error=\"insufficient_scope\", scope=\"calendar:read calendar:write\"");

        String both = token("calendar:read calendar:write", RESOURCE);
        check("with both scopes, an event is added", call("add_event", both), 200, "");
        String events = call("list_events", both).body();
        check("and is in the list", events.contains("Lunch"), events);
        String user = call("whoami", read).body();
        check("the server knows the user and the roles", user.contains("calendar-editor"), user);
    }

    /** Client credentials (RFC 6749 section 4.4) for one server (RFC 8707). */
    static String token(String scope, String resource) throws Exception {
        String form = "grant_type=client_credentials&client_id=calendar-test&client_secret=change-me&scope=" + encoded(scope)
                + "&resource=" + encoded(resource);
        HttpRequest request = HttpRequest.newBuilder(URI.create(ISSUER + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return find("\"access_token\":\"([^\"]+)\"", HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    static HttpResponse<String> call(String tool, String token) throws Exception {
        String message = """
                {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "%s", "arguments": {"title": "Lunch"}}}
                """.formatted(tool);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(RESOURCE))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream");
        if (!token.equals("none")) {
            request.header("Authorization", "Bearer " + token);
        }
        return HTTP.send(request.POST(HttpRequest.BodyPublishers.ofString(message)).build(), HttpResponse.BodyHandlers.ofString());
    }

    static void check(String what, HttpResponse<String> response, int status, String challenge) {
        check(what, response.statusCode() == status && challenge(response).contains(challenge),
                response.statusCode() + " " + challenge(response) + " " + response.body());
    }

    static void check(String what, boolean holds, String found) {
        System.out.println((holds ? "ok      " : "FAILED  ") + what);
        if (!holds) {
            throw new AssertionError(found);
        }
    }

    static String challenge(HttpResponse<String> response) {
        return response.headers().firstValue("WWW-Authenticate").orElse("");
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    static String find(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new AssertionError(text);
        }
        return matcher.group(1);
    }
}
