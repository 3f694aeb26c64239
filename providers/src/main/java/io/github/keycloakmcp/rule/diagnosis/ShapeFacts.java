package io.github.keycloakmcp.rule.diagnosis;

import java.util.List;

/**
 * What else is in a realm.
 *
 * @param subject whether access tokens of self-registered clients have {@code sub}
 * @param replacedAudiences audiences by name that tokens for MCP servers do not get, as {@code scope/mapper (audience)}
 * @param refusingPolicies client policies with an executor that refuses common MCP clients, with the reason
 * @param plainRedirects hosts that receive authorization codes without encryption
 * @param unsearchable clients with a resource URL for which this server does not search
 */
public record ShapeFacts(
        boolean subject,
        List<String> replacedAudiences,
        List<String> refusingPolicies,
        List<String> plainRedirects,
        List<String> unsearchable) {

    public ShapeFacts {
        replacedAudiences = List.copyOf(replacedAudiences);
        refusingPolicies = List.copyOf(refusingPolicies);
        plainRedirects = List.copyOf(plainRedirects);
        unsearchable = List.copyOf(unsearchable);
    }
}
