package io.github.keycloakmcp.admin.setup;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.platform.BuildInfo;
import io.github.keycloakmcp.platform.UpstreamFeature;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.Version;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.util.JsonSerialization;

/** Set-up of one realm: reads what is there, plans, and makes the changes. */
public final class RealmSetUp {

    /** The servers of the demonstration are for a new realm only. */
    private static final SetUpDocument NO_SERVERS = new SetUpDocument(Map.of(SetUpDocumentReader.SERVERS, List.of()));

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SetUpDocumentReader reader = new SetUpDocumentReader(RealmFile.packed());

    public RealmSetUp(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** What the realm has. */
    public List<Part> parts() {
        return new RealmParts(session, realm, RealmFile.packed()).read();
    }

    /** What was chosen for the realm. */
    public SetUpDocument document() {
        List<Part> actual = parts();
        return SetUpDocument.of(file(actual), actual);
    }

    /** The servers that a mapper of ours declares, in whatever scope it is. */
    public List<String> servers(Part mapper) {
        return RealmFile.packed().members().stream()
                .filter(member -> member.name().equals(SetUpDocumentReader.SERVERS))
                .flatMap(member -> member.places().stream().flatMap(place -> member.read(mapper, place).stream()))
                .toList();
    }

    /** Whether the realm has what makes it an MCP realm at all. */
    public boolean isEnabled() {
        return isEnabled(parts());
    }

    private static boolean isEnabled(List<Part> actual) {
        return file(actual).parts().stream()
                .filter(part -> part.kind() != PartKind.MARK)
                .allMatch(part -> part.in(actual).isPresent());
    }

    /** Whether the MCP scope is an administrator's own, which set-up neither changes nor removes. */
    public boolean keepsScope() {
        List<Part> actual = parts();
        return actual.stream()
                .filter(part -> part.kind() == PartKind.CLIENT_SCOPE)
                .anyMatch(scope -> !new Managed(actual).isOurScope(scope));
    }

    /** What a call that names nothing would still do. */
    public List<Change> pending(List<Part> actual) {
        RealmFile file = file(actual);
        return SetUpPlan.enable(NO_SERVERS.with(SetUpDocument.of(file, actual)).fill(file), actual);
    }

    public SetUpDocument read(@Nullable String json) throws InvalidInput {
        return reader.read(json);
    }

    /** The changes that make the realm what {@code asked} says; made, unless it is a dry run. */
    public List<Change> enable(SetUpDocument asked, boolean dryRun) throws InvalidInput {
        List<Part> actual = parts();
        RealmFile file = file(actual);
        SetUpDocument document = NO_SERVERS.with(SetUpDocument.of(file, actual)).with(asked);
        reader.check(document.orStandard(file));
        new SettingChoices(session).check(file, document);
        return make(SetUpPlan.enable(document.fill(file), actual), dryRun);
    }

    /**
     * Declares these MCP servers and changes nothing else: what an administrator has changed or removed in other parts
     * stays as it is.
     */
    public List<Change> declare(List<String> servers) throws InvalidInput {
        List<Change> changes = enable(new SetUpDocument(Map.of(SetUpDocumentReader.SERVERS, servers)), true);
        return make(
                changes.stream()
                        .filter(change -> change.part().kind() == PartKind.PROTOCOL_MAPPER)
                        .toList(),
                false);
    }

    /** The changes that take everything out again; made, unless it is a dry run. */
    public List<Change> disable(boolean dryRun) {
        List<Part> actual = parts();
        return make(SetUpPlan.disable(file(actual).parts(), actual), dryRun);
    }

    public ObjectNode status() {
        List<Part> actual = parts();
        RealmFile file = file(actual);
        SetUpDocument document = SetUpDocument.of(file, actual);
        ObjectNode status = JsonSerialization.mapper.createObjectNode();
        status.put("realm", realm.getName());
        status.put("enabled", isEnabled(actual));
        status.set("document", document.json(file));
        status.set("pending", json(pending(actual)));
        ArrayNode aside = status.putArray("setAside");
        actual.stream()
                .filter(SetAsidePolicies::isSetAside)
                .forEach(policy -> aside.addObject()
                        .put("id", policy.id())
                        .put("name", policy.text("name"))
                        .put("provider", policy.text("providerId"))
                        .put("subType", SetAsidePolicies.back(policy.text("subType"))));
        status.put("version", BuildInfo.operationalInfo().get("keycloak-mcp"));
        status.put("keycloak", Version.VERSION);
        ArrayNode upstream = status.putArray("upstreamFeatures");
        UpstreamFeature.on().forEach(upstream::add);
        return status;
    }

    public static ArrayNode json(List<Change> changes) {
        ArrayNode array = JsonSerialization.mapper.createArrayNode();
        changes.forEach(change -> array.add(change.json()));
        return array;
    }

    private static RealmFile file(List<Part> actual) {
        return RealmFile.named(new Managed(actual).name());
    }

    private List<Change> make(List<Change> changes, boolean dryRun) {
        if (!dryRun && !changes.isEmpty()) {
            new RealmChanges(session, realm).make(changes);
        }
        return changes;
    }
}
