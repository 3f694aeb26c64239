package io.github.keycloakmcp.assertion;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.Refusals;
import io.github.keycloakmcp.platform.RequestEvent;
import io.github.keycloakmcp.platform.ResourceParameter;
import io.github.keycloakmcp.rule.Refusal;
import io.github.keycloakmcp.rule.RefusalCode;
import io.github.keycloakmcp.rule.ScopeList;
import io.github.keycloakmcp.rule.assertion.WorkloadToken;
import io.github.keycloakmcp.rule.assertion.WorkloadToken.Workload;
import io.github.keycloakmcp.rule.assertion.WorkloadTrust;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.authenticators.client.FederatedJWTClientAuthenticator;
import org.keycloak.cache.AlternativeLookupProvider;
import org.keycloak.common.util.Time;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.Urls;
import org.keycloak.urls.UrlType;

/**
 * A workload that comes to the token endpoint with the token of its platform, and with nothing else: no client id, no
 * authentication of a client. A request that names its client is left to Keycloak, and so are all requests where the realm
 * trusts no platform.
 *
 * @see <a href="https://github.com/modelcontextprotocol/ext-auth">Workload Identity Federation (draft)</a>
 */
final class WorkloadIntroduction {

    /** Attribute of a client: the MCP servers that the workload may use without a client id, separated by blanks. */
    static final String SERVERS = "mcp.workload.servers";

    /** Attribute of a client, with the name of a claim at its end: the value that the claim must have. */
    static final String CLAIM = "mcp.workload.claim.";

    /** What a client sends to say or prove which one it is. */
    private static final Set<String> OF_CLIENTS = Set.of(
            OAuth2Constants.CLIENT_ID,
            OAuth2Constants.CLIENT_SECRET,
            OAuth2Constants.CLIENT_ASSERTION,
            OAuth2Constants.CLIENT_ASSERTION_TYPE);

    private final KeycloakSession session;
    private final MultivaluedMap<String, String> form;

    private WorkloadIntroduction(KeycloakSession session, MultivaluedMap<String, String> form) {
        this.session = session;
        this.form = form;
    }

    /** Judges the token of the request and remembers the workload; a token that is refused ends the request. */
    static void make(KeycloakSession session, MultivaluedMap<String, String> form) {
        String presented = form.getFirst(OAuth2Constants.ASSERTION);
        if (presented != null && !saysWhoItIs(session, form) && WorkloadIssuer.any(session)) {
            new WorkloadIntroduction(session, form).judge(presented).remember(session);
        }
    }

    private static boolean saysWhoItIs(KeycloakSession session, MultivaluedMap<String, String> form) {
        return OF_CLIENTS.stream().anyMatch(form::containsKey)
                || session.getContext().getRequestHeaders().getHeaderString(HttpHeaders.AUTHORIZATION) != null
                || session.getContext().getUri().getQueryParameters().containsKey(OAuth2Constants.CLIENT_ID);
    }

    private WorkloadIdentity judge(String presented) {
        PresentedWorkload token = PresentedWorkload.read(presented)
                .orElseThrow(() -> refuse(new Refusal(
                        RefusalCode.WORKLOAD_TOKEN_MALFORMED,
                        "invalid_grant",
                        "assertion is not a signed JWT of at most " + WorkloadToken.LONGEST + " characters",
                        "parameter assertion",
                        "RFC 7523 section 3")));
        WorkloadIssuer issuer = Optional.ofNullable(token.token().claims().get("iss"))
                .flatMap(name -> WorkloadIssuer.of(session, name.toString()))
                .orElseThrow(
                        () -> refuse(WorkloadTrust.unknown("no identity provider with mcp.workloads has this issuer")));
        event().detail(Details.IDENTITY_PROVIDER, issuer.provider().getAlias());
        Workload workload = token.token()
                .judge(names(), issuer.longestLife(), Time.currentTime())
                .orThrow(this::refuse);
        if (!issuer.signed(session, token.signature())) {
            throw refuse(new Refusal(
                    RefusalCode.WORKLOAD_SIGNATURE_REFUSED,
                    "invalid_grant",
                    "the token is not signed with a key of its issuer",
                    "keys of the identity provider",
                    "RFC 7523 section 3"));
        }
        // From here the issuer vouches for the workload, and the event names it.
        event().detail(Details.IDENTITY_PROVIDER_ISSUER, workload.issuer())
                .detail(Details.IDENTITY_PROVIDER_USER_ID, workload.subject());
        ClientModel client = client(issuer, workload)
                .orElseThrow(
                        () -> refuse(WorkloadTrust.unknown("no client has this issuer and subject, and " + SERVERS)));
        event().client(client);
        trust(client)
                .refuses(token.token().claims(), ResourceParameter.in(form))
                .ifPresent(refusal -> {
                    throw refuse(refusal);
                });
        return new WorkloadIdentity(workload, client, issuer);
    }

    /** What this token endpoint is called, seen from outside and by servers. */
    private Set<String> names() {
        return Stream.of(UrlType.FRONTEND, UrlType.BACKEND)
                .map(type -> session.getContext().getUri(type).getBaseUri())
                .map(base ->
                        Urls.realmIssuer(base, session.getContext().getRealm().getName()))
                .map(issuer -> issuer + "/protocol/openid-connect/token")
                .collect(Collectors.toSet());
    }

    /** The client that Keycloak itself would find for the token, if its service account can act for a workload. */
    private Optional<ClientModel> client(WorkloadIssuer issuer, Workload workload) {
        Map<String, String> wanted = Map.of(
                FederatedJWTClientAuthenticator.JWT_CREDENTIAL_ISSUER_KEY,
                issuer.provider().getAlias(),
                FederatedJWTClientAuthenticator.JWT_CREDENTIAL_SUBJECT_KEY,
                workload.subject());
        return Optional.ofNullable(lookUp(wanted))
                .filter(client ->
                        FederatedJWTClientAuthenticator.PROVIDER_ID.equals(client.getClientAuthenticatorType())
                                && client.isServiceAccountsEnabled()
                                && !client.isPublicClient()
                                && !client.isBearerOnly()
                                && client.getAttribute(SERVERS) != null
                                && isActive(session.users().getServiceAccount(client)));
    }

    /** Two clients with one subject are no answer: which one was meant, only the administrator knows. */
    private @Nullable ClientModel lookUp(Map<String, String> attributes) {
        try {
            return session.getProvider(AlternativeLookupProvider.class)
                    .lookupClientFromClientAttributes(session, attributes);
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static boolean isActive(@Nullable UserModel account) {
        return account != null && account.isEnabled();
    }

    private static WorkloadTrust trust(ClientModel client) {
        Map<String, String> claims = client.getAttributes().entrySet().stream()
                .filter(attribute -> attribute.getKey().startsWith(CLAIM))
                .collect(Collectors.toMap(
                        attribute -> attribute.getKey().substring(CLAIM.length()), Map.Entry::getValue));
        return new WorkloadTrust(claims, ScopeList.names(client.getAttribute(SERVERS)));
    }

    private EventBuilder event() {
        return RequestEvent.of(session);
    }

    private CorsErrorResponseException refuse(Refusal refusal) {
        return Refusals.refuse(session, event(), refusal);
    }
}
