package io.github.keycloakmcp.admin.diagnosis;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.platform.EventDetails;
import io.github.keycloakmcp.platform.RequestEvent;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.diagnosis.ErrorEvent;
import io.github.keycloakmcp.rule.diagnosis.KeycloakSymptoms;
import io.github.keycloakmcp.rule.diagnosis.RefusalExplanations;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.util.JsonSerialization;

/** The last refusals that the realm's events know, each with what it means and what to do. */
public final class LastRefusals {

    private static final int MOST = 20;

    /** Events that are read at most; on a busy realm most errors are mistyped passwords, which the query cannot leave out. */
    private static final int READ = 1_000;

    /** Errors at these belong to what MCP clients do; a mistyped password does not. */
    private static final EventType[] TYPES = Arrays.stream(EventType.values())
            .filter(type -> type.name().endsWith("_ERROR"))
            .filter(type ->
                    type.name().matches("(CLIENT|CODE_TO_TOKEN|REFRESH_TOKEN|TOKEN_EXCHANGE|PUSHED|OAUTH2_DEVICE).*")
                            || type == EventType.LOGIN_ERROR)
            .toArray(EventType[]::new);

    private static final List<String> REASONS = List.of(
            Details.REASON,
            Details.CLIENT_POLICY_ERROR_DETAIL,
            EventDetails.REASON,
            Details.CLIENT_REGISTRATION_POLICY);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final boolean names;

    /**
     * Reads them for an administrator.
     *
     * @param names whether the administrator may see who the users are
     */
    public LastRefusals(KeycloakSession session, RealmModel realm, boolean names) {
        this.session = session;
        this.realm = realm;
        this.names = names;
    }

    public ArrayNode json() {
        return json(event -> true);
    }

    /** Those of requests for one MCP server. */
    public ArrayNode of(String server) {
        return json(event -> Optional.ofNullable(event.getDetails())
                .map(details -> details.get(RequestEvent.MCP_RESOURCE))
                .filter(servers -> servers.equals(server))
                .isPresent());
    }

    private ArrayNode json(Predicate<Event> wanted) {
        Set<String> scopes =
                realm.getClientScopesStream().map(ClientScopeModel::getName).collect(Collectors.toSet());
        ArrayNode refusals = JsonSerialization.mapper.createArrayNode();
        session.getProvider(EventStoreProvider.class)
                .createQuery()
                .realm(realm.getId())
                .type(TYPES)
                .orderByDescTime()
                .maxResults(READ)
                .getResultStream()
                .filter(wanted)
                .filter(event -> !"invalid_user_credentials".equals(event.getError()))
                .limit(MOST)
                .forEach(event -> put(refusals.addObject(), event, scopes));
        return refusals;
    }

    /** The name of the user, or the internal id that the event has. */
    private @Nullable String user(Event event) {
        String id = event.getUserId();
        UserModel user = names && id != null ? session.users().getUserById(realm, id) : null;
        return user == null ? id : user.getUsername();
    }

    private void put(ObjectNode json, Event event, Set<String> scopes) {
        Map<String, String> details = Objects.requireNonNullElse(event.getDetails(), Map.of());
        String reason =
                REASONS.stream().map(details::get).filter(Objects::nonNull).collect(Collectors.joining("; "));
        String error = Objects.requireNonNullElse(event.getError(), "");
        json.put("time", event.getTime())
                .put("type", event.getType().name())
                .put("error", error)
                .put("client", event.getClientId())
                .put("user", user(event))
                .put("role", details.get(EventDetails.ROLE))
                .put("reason", reason);
        String code = Objects.requireNonNullElse(details.get(EventDetails.REFUSAL), "");
        json.put("code", code.isEmpty() ? null : code);
        FindingJson.put(
                json,
                RefusalCode.of(code)
                        .map(RefusalExplanations::of)
                        .orElseGet(() -> KeycloakSymptoms.of(
                                new ErrorEvent(event.getType().name(), error, reason), scopes)));
    }
}
