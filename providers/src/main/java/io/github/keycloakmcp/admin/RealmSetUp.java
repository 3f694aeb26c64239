package io.github.keycloakmcp.admin;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.platform.BuildInfo;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.Version;
import org.keycloak.events.admin.OperationType;
import org.keycloak.util.JsonSerialization;

/** Set-up of one realm: reads what is there, plans, and makes the changes. */
final class RealmSetUp {

    /** The servers of the demonstration are for a new realm only. */
    private static final SetUpDocument NO_SERVERS = new SetUpDocument(Map.of(DocumentReader.SERVERS, List.of()));

    private final Administrator admin;
    private final RealmFile file = RealmFile.packed();
    private final DocumentReader reader = new DocumentReader(file);

    RealmSetUp(Administrator admin) {
        this.admin = admin;
    }

    /** What the realm has. */
    List<Part> parts() {
        return new RealmParts(admin.session(), admin.realm(), file).read();
    }

    /** What was chosen for the realm. */
    SetUpDocument document() {
        return SetUpDocument.of(file, parts());
    }

    /** The servers that a mapper of ours declares, in whatever scope it is. */
    List<String> servers(Part mapper) {
        return file.members().stream()
                .filter(member -> member.name().equals(DocumentReader.SERVERS))
                .flatMap(member -> member.places().stream().flatMap(place -> member.read(mapper, place).stream()))
                .toList();
    }

    /** Whether the realm has what makes it an MCP realm at all. */
    boolean isEnabled() {
        List<Part> parts = parts();
        return file.parts().stream()
                .allMatch(part -> SetUpPlan.find(parts, part).isPresent());
    }

    /** What a call that names nothing would still do. */
    List<Change> pending(List<Part> actual) {
        return SetUpPlan.enable(NO_SERVERS.with(SetUpDocument.of(file, actual)).fill(file), actual);
    }

    SetUpDocument read(@Nullable String json) throws InvalidDocument {
        return reader.read(json);
    }

    /** The changes that make the realm what {@code asked} says; made, unless it is a dry run. */
    List<Change> enable(SetUpDocument asked, boolean dryRun) throws InvalidDocument {
        List<Part> actual = parts();
        SetUpDocument document = NO_SERVERS.with(SetUpDocument.of(file, actual)).with(asked);
        reader.check(document.orStandard(file));
        new SettingChoices(admin.session()).check(file, document);
        return make(SetUpPlan.enable(document.fill(file), actual), OperationType.UPDATE, dryRun);
    }

    /** The changes that take everything out again; made, unless it is a dry run. */
    List<Change> disable(boolean dryRun) {
        return make(SetUpPlan.disable(file.parts(), parts()), OperationType.DELETE, dryRun);
    }

    ObjectNode status() {
        List<Part> actual = parts();
        SetUpDocument document = SetUpDocument.of(file, actual);
        ObjectNode status = JsonSerialization.mapper.createObjectNode();
        status.put("realm", admin.realm().getName());
        status.put("enabled", isEnabled());
        status.set("document", document.json(file));
        status.set("pending", json(pending(actual)));
        ArrayNode aside = status.putArray("setAside");
        actual.stream()
                .filter(SetAsidePolicies::isSetAside)
                .map(policy -> policy.text("name"))
                .forEach(aside::add);
        status.put("version", BuildInfo.operationalInfo().get("keycloak-mcp"));
        status.put("keycloak", Version.VERSION);
        return status;
    }

    static ArrayNode json(List<Change> changes) {
        ArrayNode array = JsonSerialization.mapper.createArrayNode();
        changes.forEach(change -> array.add(change.json()));
        return array;
    }

    private List<Change> make(List<Change> changes, OperationType operation, boolean dryRun) {
        if (!dryRun && !changes.isEmpty()) {
            new RealmChanges(admin.session(), admin.realm()).make(changes);
            admin.did(operation, json(changes));
        }
        return changes;
    }
}
