package io.github.keycloakmcp.example;

import java.io.IOException;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import jakarta.servlet.DispatcherType;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.CrossOriginHandler;

/**
 * Puts the parts together and runs them: the MCP endpoint at the resource's own path behind {@link AccessFilter}, and
 * the public {@link ProtectedResourceMetadata}.
 */
public final class ExampleServer {

    private static final int LARGEST_HEADER = 32 * 1024; // access tokens with many roles are large

    private ExampleServer() {}

    public static void main(String[] arguments) throws InterruptedException {
        int failure = run(List.of(arguments), System.getenv(), System.out, System.err);
        if (failure != 0) {
            System.exit(failure);
        }
    }

    /** Runs until stopped; answers the exit code: 1 when it cannot listen, 2 when it was told something wrong. */
    static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err)
            throws InterruptedException {
        if (arguments.contains("--help")) {
            out.println(Option.usage());
            return 0;
        }
        try {
            Settings settings = Settings.read(arguments, environment);
            Server server = start(settings);
            server.setStopAtShutdown(true);
            out.println("ready " + settings.resource());
            server.join();
            return 0;
        } catch (IllegalArgumentException wrongSetting) {
            err.println("mcp-server: " + wrongSetting.getMessage());
            return 2;
        } catch (IOException cannotListen) {
            err.println("mcp-server: " + cannotListen.getMessage());
            return 1;
        }
    }

    static Server start(Settings settings) throws IOException {
        Server server = new Server();
        server.addConnector(connector(server, settings));
        server.setHandler(crossOrigin(endpoints(settings)));
        try {
            server.start();
            return server;
        } catch (Exception failure) {
            Throwable reason = failure.getCause() == null ? failure : failure.getCause();
            throw new IOException(
                    "cannot listen on %s:%d: %s".formatted(settings.host(), settings.port(), explain(reason)), failure);
        }
    }

    private static String explain(Throwable reason) {
        return Objects.requireNonNullElse(reason.getMessage(), reason.getClass().getSimpleName());
    }

    private static ServerConnector connector(Server server, Settings settings) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(LARGEST_HEADER);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        return connector;
    }

    private static ServletContextHandler endpoints(Settings settings) throws IOException {
        String path = settings.resource().getRawPath().isEmpty()
                ? "/"
                : settings.resource().getRawPath();
        String exactly = path.equals("/") ? "" : path;
        ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.NO_SESSIONS);
        context.getServletHandler().setEnsureDefaultServlet(false); // anything else is 404

        ServletHolder mcp = new ServletHolder(mcp(settings, path));
        mcp.setAsyncSupported(true);
        context.addServlet(mcp, exactly);
        AccessTokens accessTokens = new AccessTokens(settings, new IssuerKeys(settings));
        FilterHolder access = new FilterHolder(new AccessFilter(settings, accessTokens));
        access.setAsyncSupported(true);
        context.addFilter(access, exactly, EnumSet.of(DispatcherType.REQUEST));

        ServletHolder metadata = new ServletHolder(new ProtectedResourceMetadata(settings));
        Stream.of(ProtectedResourceMetadata.ROOT, ProtectedResourceMetadata.path(settings.resource()))
                .distinct()
                .forEach(location -> context.addServlet(metadata, location));
        return context;
    }

    private static HttpServletStreamableServerTransportProvider mcp(Settings settings, String path) {
        HttpServletStreamableServerTransportProvider transport = HttpServletStreamableServerTransportProvider.builder()
                .mcpEndpoint(path)
                .contextExtractor(Caller::contextOf)
                .build();
        McpServer.sync(transport)
                .serverInfo(settings.name(), "0.1.0")
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .tools(Tools.all())
                .build();
        return transport;
    }

    /**
     * Pages of any origin may call, because the token in the request, never a cookie, is what opens the server. The
     * headers are those that MCP clients in a browser send and read.
     */
    private static CrossOriginHandler crossOrigin(ServletContextHandler endpoints) {
        CrossOriginHandler crossOrigin = new CrossOriginHandler();
        crossOrigin.setAllowedOriginPatterns(Set.of("*"));
        crossOrigin.setAllowedMethods(Set.of("GET", "POST", "DELETE"));
        crossOrigin.setAllowedHeaders(Set.of(
                "Accept",
                "Authorization",
                "Content-Type",
                "DPoP",
                "Last-Event-ID",
                "MCP-Protocol-Version",
                "Mcp-Method",
                "Mcp-Name",
                "Mcp-Session-Id"));
        crossOrigin.setExposedHeaders(Set.of("Mcp-Session-Id", "WWW-Authenticate"));
        crossOrigin.setHandler(endpoints);
        return crossOrigin;
    }
}
