package io.github.keycloakmcp.assertion;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.keycloakmcp.platform.EventDetails;
import io.github.keycloakmcp.platform.JudgedAssertion;
import io.github.keycloakmcp.platform.Refusals;
import io.github.keycloakmcp.platform.RequestEvent;
import io.github.keycloakmcp.platform.ResourceParameter;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.assertion.AssertedAccess;
import io.github.keycloakmcp.rule.assertion.Assertion;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.authenticators.client.ClientAssertionState;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.TokenManager.AccessTokenResponseBuilder;
import org.keycloak.protocol.oidc.grants.JWTAuthorizationGrantType;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.util.DefaultClientSessionContext;

/**
 * Keycloak's JWT authorization grant, with one question more where the token would be for an MCP server: what the issuer of
 * the assertion approved. It is asked before Keycloak looks at the assertion, so that one which does not fit can still be used
 * with the right request; whether it is genuine is Keycloak's to check, and nothing is issued before. The scopes are narrowed
 * where the token is made, whatever the client policies of the realm are.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-ietf-oauth-identity-assertion-authz-grant-04">Identity Assertion
 *     JWT Authorization Grant</a>
 */
final class AssertionGrant extends JWTAuthorizationGrantType {

    private Optional<TrustedIssuer> issuer = Optional.empty();
    private Map<String, Object> claims = Map.of();

    /**
     * Judges the token of a workload that comes without a client id, and loads the metadata document of a client that the realm
     * does not know yet, as an authorization request would. Keycloak calls it since 26.7, before it looks for the client; on
     * 26.6 such a client has to send one user through login first, and a workload needs {@code client_assertion}.
     */
    public void preProcess(KeycloakSession current, MultivaluedMap<String, String> form) throws ClientPolicyException {
        WorkloadIntroduction.make(current, form);
        DocumentIntroduction.make(current, form);
    }

    @Override
    public Response process(Context request) {
        setContext(request);
        Optional<WorkloadIdentity> workload = WorkloadIdentity.of(session);
        if (workload.isPresent()) {
            return new WorkloadGrant(workload.get()).process(request);
        }
        Optional<Assertion> presented = PresentedAssertion.in(formParams);
        issuer = presented.flatMap(assertion -> TrustedIssuer.of(session, assertion.claims()));
        claims = presented.map(Assertion::claims).orElse(Map.of());
        presented.ifPresent(assertion -> judge(request, assertion));
        return super.process(request);
    }

    private void judge(Context request, Assertion assertion) {
        Verdict<AssertedAccess> access = assertion.grant(
                client.getClientId(), issuer.map(TrustedIssuer::allowsReuse).orElse(false), Time.currentTime());
        AssertedRequest asserted = AssertedRequest.of(
                session,
                client,
                formParams.getFirst(OAuth2Constants.SCOPE),
                access.decided(),
                ResourceParameter.in(formParams));
        if (asserted.isMcp()) {
            narrow(request, asserted, allowed(access));
        } else {
            access.decided().ifPresent(its -> new JudgedAssertion(its.servers(), Optional.empty()).remember(session));
        }
    }

    private void narrow(Context request, AssertedRequest asserted, AssertedAccess access) {
        Set<String> kept =
                allowed(asserted.kept(access, issuer.map(TrustedIssuer::servers).orElse(List.of())));
        new JudgedAssertion(access.servers(), Optional.of(kept)).remember(session);
        MultivaluedHashMap<String, String> narrowed = new MultivaluedHashMap<>(formParams);
        String scope = asserted.left(access, kept);
        if (scope.isEmpty()) {
            narrowed.remove(OAuth2Constants.SCOPE);
        } else {
            narrowed.putSingle(OAuth2Constants.SCOPE, scope);
        }
        request.setFormParams(narrowed);
        issuer.filter(trusted -> trusted.approves(client))
                .map(TrustedIssuer::provider)
                .ifPresent(provider -> {
                    request.setClient(new ApprovedClient(client, provider.getAlias()));
                    event.detail(EventDetails.APPROVED_BY, provider.getAlias());
                });
    }

    /** Finds the user by the link to the identity provider, or else as the administrator has allowed for it. */
    @Override
    protected @Nullable UserModel lookupUserByFederatedIdentity(
            FederatedIdentityModel identity, ClientAssertionState assertion) {
        UserModel linked = super.lookupUserByFederatedIdentity(identity, assertion);
        boolean isForMcp =
                JudgedAssertion.of(session).flatMap(JudgedAssertion::kept).isPresent();
        return linked != null || !isForMcp
                ? linked
                : issuer.flatMap(trusted -> MappedUser.find(session, trusted.users(), claims))
                        .orElse(null);
    }

    private <T> T allowed(Verdict<T> verdict) {
        return verdict.orThrow(
                refusal -> Refusals.refuse(session, RequestEvent.of(session).client(client), refusal));
    }

    /** Leaves out what was not approved before any mapper of it runs: default scopes of the client are in the token unasked. */
    @Override
    protected AccessTokenResponseBuilder createTokenResponseBuilder(
            UserModel user,
            UserSessionModel userSession,
            ClientSessionContext granted,
            String scope,
            Function<AccessTokenResponseBuilder, ClientPolicyContext> policy) {
        ClientSessionContext narrowed = JudgedAssertion.of(session)
                .filter(judged -> judged.kept().isPresent())
                .<ClientSessionContext>map(judged -> DefaultClientSessionContext.fromClientSessionAndClientScopes(
                        granted.getClientSession(),
                        granted.getClientScopesStream().filter(judged::keeps).collect(Collectors.toSet()),
                        null,
                        session))
                .orElse(granted);
        return super.createTokenResponseBuilder(user, userSession, narrowed, scope, policy);
    }
}
