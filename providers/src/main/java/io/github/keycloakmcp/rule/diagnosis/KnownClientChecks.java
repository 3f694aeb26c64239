package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.registration.KnownClient;
import io.github.keycloakmcp.rule.resource.McpServer;
import io.github.keycloakmcp.rule.resource.McpServers;
import io.github.keycloakmcp.rule.resource.ResourceBinding;

/** What would become of a known client that has not come yet. */
public final class KnownClientChecks {

    private KnownClientChecks() {}

    /** Nothing of the realm is set up. */
    public static Finding notEnabled(KnownClient client) {
        return Finding.error(
                "client-would-be-refused",
                client.name() + " could get no token for an MCP server: the realm is not enabled for MCP",
                Advice.ENABLE);
    }

    /** Registration says no. */
    public static Finding refused(KnownClient client, Refusal refusal) {
        return Finding.error(
                "client-would-be-refused",
                client.name() + " would be refused: " + refusal.description(),
                "add " + client.id()
                        + " to knownClients, or what the reason names to trustedHosts or privateUseSchemes; "
                        + "programs on the user's computer need allowLoopback");
    }

    /** A client scope that every client gets does not exist, so no client can register. */
    public static Finding scopeMissing(KnownClient client, List<String> scopes) {
        return Finding.error(
                "client-would-be-refused",
                client.name() + " would be refused: these forced scopes do not exist: " + String.join(", ", scopes),
                "create them, or change forced-scopes in the registration policy MCP Clients and in mcp-client-guard");
    }

    /**
     * Registration says yes.
     *
     * @param documents whether its metadata document is read
     * @param refusal why the realm does not accept its document, which many clients prefer to registration
     * @param others other executors and policies that may judge it as well, and that the simulation cannot ask
     */
    public static Finding accepted(
            KnownClient client, boolean documents, Optional<Refusal> refusal, List<String> others) {
        String may = client.name() + " may register"
                + (documents && refusal.isEmpty() ? ", or use its metadata document" : "");
        if (refusal.isPresent()) {
            return Finding.warning(
                    "client-would-register",
                    may + ", but its metadata document is rejected, which it may prefer to registration: "
                            + refusal.get().description(),
                    "add " + client.id() + " to knownClients, or the host of its document to documentHosts");
        }
        return others.isEmpty()
                ? Finding.info("client-would-register", may, "nothing to do")
                : Finding.warning(
                        "client-would-register",
                        may + ", unless these executors or registration policies of the realm reject it: "
                                + String.join(", ", others),
                        "check them, and let the client try");
    }

    /**
     * And then it sends its user to log in.
     *
     * @param servers the MCP servers that its scopes would open
     * @param resource the MCP server that it asks for
     */
    public static Finding login(KnownClient client, McpServers servers, String resource) {
        return ResourceBinding.authorize(servers, List.of(resource))
                .fold(
                        bound -> Finding.info(
                                "client-would-log-in",
                                client.name() + " would log in, and its tokens would be for "
                                        + bound.stream().map(McpServer::uri).collect(Collectors.joining(", ")),
                                "nothing to do"),
                        refusal -> Finding.error(
                                "client-would-be-refused-at-login",
                                client.name() + " would be refused at login: " + refusal.description(),
                                RefusalExplanations.of(refusal.code()).fix()));
    }
}
