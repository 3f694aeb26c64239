package io.github.keycloakmcp.rule.assertion;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;

/**
 * What an administrator allows one workload: the claims that its token must have, beside issuer and subject, and the MCP
 * servers that it may use. Values are compared letter by letter. A pattern would let one who may choose a part of the value,
 * such as the name of a branch, become another workload.
 *
 * @param claims the values that claims must have; a name with dots is that of a member of a claim
 * @param servers the URIs of the MCP servers
 * @see <a href="https://github.com/modelcontextprotocol/ext-auth">Workload Identity Federation (draft), Workload Trust
 *     Relationship</a>
 */
public record WorkloadTrust(Map<String, String> claims, Set<String> servers) {

    public WorkloadTrust {
        claims = Map.copyOf(claims);
        servers = Set.copyOf(servers);
    }

    /** Why a workload with these claims gets no token for these servers; empty where it gets one. */
    public Optional<Refusal> refuses(Map<String, Object> presented, List<String> resources) {
        String missed = claims.entrySet().stream()
                .filter(claim ->
                        claim.getValue().isEmpty() || !claim.getValue().equals(value(presented, claim.getKey())))
                .map(Map.Entry::getKey)
                .sorted()
                .collect(Collectors.joining(", "));
        if (!missed.isEmpty()) {
            return Optional.of(unknown("the client demands another value of " + missed));
        }
        return resources.size() == 1 && servers.contains(resources.get(0))
                ? Optional.empty()
                : Optional.of(new Refusal(
                        RefusalCode.WORKLOAD_SERVER_REFUSED,
                        "invalid_grant",
                        resources.isEmpty()
                                ? "resource is missing: name the MCP server"
                                : "this workload may not use " + Refusal.excerpt(String.join(" ", resources)),
                        "attribute mcp.workload.servers of the client",
                        WorkloadToken.SECTION));
    }

    /** The refusal of a workload that no rule allows. It tells a stranger nothing about those that are allowed. */
    public static Refusal unknown(String detail) {
        return new Refusal(
                RefusalCode.WORKLOAD_NOT_TRUSTED,
                "invalid_grant",
                "the issuer or the workload of the token is not trusted by this authorization server",
                detail,
                WorkloadToken.SECTION);
    }

    /** The claim as text: a number or a flag as JSON writes it; anything else has none. Its own name comes before a path. */
    private static String value(Map<?, ?> presented, String name) {
        Object value = presented.get(name);
        if (value instanceof String || value instanceof Integer || value instanceof Long || value instanceof Boolean) {
            return value.toString();
        }
        // Names of claims may have dots themselves, as kubernetes.io has.
        for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
            if (presented.get(name.substring(0, dot)) instanceof Map<?, ?> inner) {
                String found = value(inner, name.substring(dot + 1));
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }
}
