package io.github.keycloakmcp.admin;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.admin.diagnosis.AudienceInspection;
import io.github.keycloakmcp.admin.diagnosis.CacheInspection;
import io.github.keycloakmcp.admin.diagnosis.ClientInspection;
import io.github.keycloakmcp.admin.diagnosis.DocumentInspection;
import io.github.keycloakmcp.admin.diagnosis.FindingJson;
import io.github.keycloakmcp.admin.diagnosis.LastRefusals;
import io.github.keycloakmcp.admin.diagnosis.PublishedMetadataReader;
import io.github.keycloakmcp.admin.diagnosis.RealmInspection;
import io.github.keycloakmcp.admin.diagnosis.ShapeInspection;
import io.github.keycloakmcp.admin.diagnosis.UserInspection;
import io.github.keycloakmcp.admin.setup.RealmSetUp;
import io.github.keycloakmcp.fetch.GuardedFetch;
import io.github.keycloakmcp.rule.diagnosis.CacheChecks;
import io.github.keycloakmcp.rule.diagnosis.Finding;
import io.github.keycloakmcp.rule.diagnosis.RealmChecks;
import io.github.keycloakmcp.rule.diagnosis.RealmFacts;
import io.github.keycloakmcp.rule.diagnosis.ResourceCheck;
import io.github.keycloakmcp.rule.diagnosis.ServerChecks;
import io.github.keycloakmcp.rule.diagnosis.ServerFacts;
import io.github.keycloakmcp.rule.resource.McpServers;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.util.JsonSerialization;

/** {@code …/mcp/diagnosis}: why a client cannot connect, and what to do about it. Looks only, changes nothing. */
@Produces(MediaType.APPLICATION_JSON)
public final class DiagnosisResource {

    private final AdminContext admin;
    private final GuardedFetch fetch;
    private final RealmInspection inspection;

    DiagnosisResource(AdminContext admin, RealmSetUp setUp, GuardedFetch fetch) {
        this.admin = admin;
        this.fetch = fetch;
        this.inspection = new RealmInspection(admin.session(), admin.realm(), setUp);
    }

    /**
     * Diagnoses. The first {@code answers} findings answer the question; the others are about the realm and the server.
     *
     * @param resource an MCP server's URI, as a client would ask for it
     * @param metadata whether to ask that server, if the realm declares it, for what it publishes (RFC 9728)
     * @param documents whether to try loading the metadata documents of known clients, or of the one in {@code client}
     * @param client a client id of the realm, or the name of a known client that has not registered yet
     * @param user a user name: would this user get a token for the server; needs the right to view users
     */
    @GET
    public Response diagnose(
            @QueryParam("resource") @Nullable String resource,
            @QueryParam("client") @Nullable String client,
            @QueryParam("user") @Nullable String user,
            @QueryParam("metadata") boolean metadata,
            @QueryParam("documents") boolean documents) {
        admin.mayViewServers();
        if (!admin.viewsRealm()) {
            boolean more = documents || !given(client).isEmpty() || !given(user).isEmpty();
            return more
                    ? JsonResponses.error(
                            Response.Status.FORBIDDEN,
                            "client, user and documents: only an administrator of the realm can ask about these")
                    : ofTeam(resource, metadata);
        }
        ServerFacts server = inspection.server();
        RealmFacts realm = inspection.realm();
        List<Finding> findings = new ArrayList<>();
        List<String> declared = realm.audience().servers();
        List<String> asked = given(resource);
        for (String uri : asked) {
            findings.addAll(ResourceCheck.of(
                    uri, new AudienceInspection(admin.session(), admin.realm()).servers(uri), declared));
            if (metadata && declared.contains(uri)) {
                findings.addAll(
                        new PublishedMetadataReader(admin.session(), admin.realm(), fetch).of(uri, server.issuer()));
            }
        }
        for (String name : given(client)) {
            findings.addAll(
                    new ClientInspection(admin.session(), admin.realm()).of(name, asked.isEmpty() ? declared : asked));
        }
        for (String name : given(user)) {
            admin.requireViewUsers();
            findings.addAll(new UserInspection(admin.session(), admin.realm())
                    .of(name, client, asked.isEmpty() ? declared : asked));
        }
        if (documents) {
            findings.addAll(new DocumentInspection(admin.session(), admin.realm(), fetch).of(given(client)));
        }
        int answers = findings.size();
        findings.addAll(ServerChecks.of(server));
        findings.addAll(RealmChecks.of(realm));
        findings.addAll(CacheChecks.of(new CacheInspection(admin.session()).facts(realm.clients())));
        findings.addAll(new ShapeInspection(admin.session(), admin.realm()).findings());
        ObjectNode answer = answer(server.issuer(), findings)
                .put("keycloak", server.version())
                .put("answers", answers);
        answer.set(
                "refusals",
                admin.mayViewEvents()
                        ? new LastRefusals(admin.session(), admin.realm(), admin.mayViewUsers()).json()
                        : answer.arrayNode());
        return JsonResponses.ok(answer);
    }

    /** One server of a team, with what was refused there; nothing about the realm, its clients and its users. */
    private Response ofTeam(@Nullable String resource, boolean metadata) {
        if (resource == null || !admin.teamServers().has(resource)) {
            return JsonResponses.error(
                    Response.Status.NOT_FOUND, "resource: the URI of a server of your teams is expected");
        }
        McpServers servers = new AudienceInspection(admin.session(), admin.realm()).servers(resource);
        List<Finding> findings = new ArrayList<>(ResourceCheck.of(resource, servers, List.of()));
        String issuer = inspection.server().issuer();
        if (metadata && servers.opens(resource)) {
            findings.addAll(new PublishedMetadataReader(admin.session(), admin.realm(), fetch).of(resource, issuer));
        }
        ObjectNode answer = answer(issuer, findings).put("answers", findings.size());
        answer.set("refusals", new LastRefusals(admin.session(), admin.realm(), admin.mayViewUsers()).of(resource));
        return JsonResponses.ok(answer);
    }

    private static ObjectNode answer(String issuer, List<Finding> findings) {
        ObjectNode answer = JsonSerialization.mapper.createObjectNode().put("issuer", issuer);
        answer.put("ok", findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.ERROR));
        ArrayNode list = answer.putArray("findings");
        findings.forEach(finding -> FindingJson.put(list.addObject(), finding));
        return answer;
    }

    private static List<String> given(@Nullable String parameter) {
        return parameter == null || parameter.isEmpty() ? List.of() : List.of(parameter);
    }
}
