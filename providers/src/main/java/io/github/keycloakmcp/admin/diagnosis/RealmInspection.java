package io.github.keycloakmcp.admin.diagnosis;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.keycloakmcp.admin.setup.Change;
import io.github.keycloakmcp.admin.setup.Part;
import io.github.keycloakmcp.admin.setup.PartKind;
import io.github.keycloakmcp.admin.setup.RealmSetUp;
import io.github.keycloakmcp.admin.setup.SetAsidePolicies;
import io.github.keycloakmcp.admission.ClientRoom;
import io.github.keycloakmcp.platform.ActiveExecutors;
import io.github.keycloakmcp.platform.ProviderIds;
import io.github.keycloakmcp.platform.RequestSender;
import io.github.keycloakmcp.platform.ServerCatalogue;
import io.github.keycloakmcp.platform.ServerHooks;
import io.github.keycloakmcp.platform.UpstreamFeature;
import io.github.keycloakmcp.rule.diagnosis.ClientsFacts;
import io.github.keycloakmcp.rule.diagnosis.Finding;
import io.github.keycloakmcp.rule.diagnosis.ForwardedFacts;
import io.github.keycloakmcp.rule.diagnosis.RealmFacts;
import io.github.keycloakmcp.rule.diagnosis.ServerFacts;
import io.github.keycloakmcp.rule.diagnosis.SessionFacts;
import io.github.keycloakmcp.rule.diagnosis.SetUpChecks;
import io.github.keycloakmcp.settings.LifecycleSettings;
import io.github.keycloakmcp.settings.RealmSettings;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.common.Version;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.Urls;
import org.keycloak.urls.UrlType;

/** Collects the facts that diagnosis judges. */
public final class RealmInspection {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmSetUp setUp;

    public RealmInspection(KeycloakSession session, RealmModel realm, RealmSetUp setUp) {
        this.session = session;
        this.realm = realm;
        this.setUp = setUp;
    }

    public ServerFacts server() {
        HttpHeaders headers = session.getContext().getRequestHeaders();
        return new ServerFacts(
                Version.VERSION,
                Urls.realmIssuer(session.getContext().getUri(UrlType.FRONTEND).getBaseUri(), realm.getName()),
                new ForwardedFacts(
                        text(headers.getHeaderString("X-Forwarded-Proto")),
                        text(headers.getHeaderString("X-Forwarded-Host")),
                        text(headers.getHeaderString("X-Forwarded-Port")),
                        text(headers.getHeaderString(HttpHeaders.HOST)),
                        session.getContext().getUri(UrlType.ADMIN).getBaseUri().toString(),
                        RequestSender.of(session).isClientsWord()),
                UpstreamFeature.on(),
                ServerCatalogue.disabledPart(session.getKeycloakSessionFactory())
                        .orElse(""),
                ServerHooks.foreign(session.getKeycloakSessionFactory()));
    }

    public RealmFacts realm() {
        List<Part> parts = setUp.parts();
        ActiveExecutors executors = ActiveExecutors.in(session);
        return new RealmFacts(
                setUp.pending(parts).stream()
                        .filter(change -> !change.isOnlyMark())
                        .map(Change::part)
                        .filter(part -> !SetAsidePolicies.refusesClients(part))
                        .map(part -> part.kind().label() + " " + part.name())
                        .toList(),
                clients(parts, executors),
                new AudienceInspection(session, realm).facts(setUp, parts, executors),
                sessions());
    }

    private SessionFacts sessions() {
        RoleModel offline = realm.getRole(OAuth2Constants.OFFLINE_ACCESS);
        return new SessionFacts(
                realm.getAccessTokenLifespan(),
                realm.isRevokeRefreshToken(),
                realm.getRefreshTokenMaxReuse(),
                realm.isEventsEnabled(),
                offline != null && realm.getDefaultRole().hasRole(offline),
                ConsentTheme.hasConsentPage(session));
    }

    /** What to know about enabling the realm, beside the changes. */
    public List<Finding> enabling() {
        String theme = realm.getLoginTheme();
        return Stream.concat(
                        SetUpChecks.enabling(theme != null && !theme.isEmpty(), sessions(), setUp.keepsScope())
                                .stream(),
                        new ShapeInspection(session, realm).findings().stream())
                .toList();
    }

    /** What to know about leaving it. */
    public List<Finding> leaving() {
        return SetUpChecks.leaving(new ClientRoom(session).occupied(), setUp.keepsScope());
    }

    private ClientsFacts clients(List<Part> parts, ActiveExecutors executors) {
        Optional<RealmSettings> policy = RealmSettings.ofPolicy(realm);
        int most = policy.map(settings -> settings.limits().maxClients()).orElse(0);
        ClientRoom room = new ClientRoom(session);
        long count = most > 0 ? room.occupied() : 0;
        return new ClientsFacts(
                policy.isPresent(),
                executors.contain(ProviderIds.CLIENT_GUARD),
                parts.stream()
                        .filter(part -> part.kind() == PartKind.REGISTRATION_POLICY)
                        .filter(SetAsidePolicies::refusesClients)
                        .map(part -> part.text("name") + " (" + part.text("subType") + ")")
                        .toList(),
                RegistrationJudges.disabling(realm),
                RegistrationJudges.forcedScopes(realm, executors).stream()
                        .filter(scope -> KeycloakModelUtils.getClientScopeByName(realm, scope) == null)
                        .toList(),
                count,
                most > 0 && count >= most && room.canBeMade(),
                most,
                RealmSettings.lifecycle(session).map(LifecycleSettings::removes).orElse(false),
                policy.map(settings -> settings.registration().origins()).orElse(List.of()),
                executors.contain(ProviderIds.CLIENT_ID_METADATA_DOCUMENT),
                UpstreamFeature.CIMD.isOn() && executors.contain(ProviderIds.UPSTREAM_DOCUMENTS));
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }
}
