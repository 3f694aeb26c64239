package io.github.keycloakmcp.example;

import java.io.IOException;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import io.github.keycloakmcp.example.Presented.Scheme;
import io.github.keycloakmcp.example.TokenVerdict.Accepted;
import io.github.keycloakmcp.example.TokenVerdict.Refused;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Lets only requests with a good access token reach the MCP endpoint, and with a proof if the token is bound to a key;
 * every request brings its own, whatever session it belongs to. Others get a {@link Challenge}.
 */
final class AccessFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient AccessTokens accessTokens;
    private final transient Proofs proofs;
    private final transient Settings settings;
    private final String metadata;

    AccessFilter(Settings settings, AccessTokens accessTokens) {
        this.settings = settings;
        this.accessTokens = accessTokens;
        this.proofs = new Proofs(settings, Clock.systemUTC());
        this.metadata = ProtectedResourceMetadata.location(settings.resource()).toString();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<Presented> presented = Presented.in(request);
        if (presented.isEmpty()) {
            challenge(settings.dpopRequired() ? Scheme.DPOP : Scheme.BEARER).send(response);
            return;
        }
        TokenVerdict verdict = accessTokens.judge(presented.get());
        if (verdict instanceof Accepted accepted) {
            admit(presented.get(), accepted, request, response, chain);
        } else if (verdict == Refused.UNDECIDED) {
            response.setHeader("Retry-After", "2");
            Challenge.body(response, 503, Refused.UNDECIDED.error(), Refused.UNDECIDED.description());
        } else if (verdict instanceof Refused refused) {
            boolean proof = presented.get().scheme() == Scheme.DPOP || refused.needsProof();
            refuse(response, refused, challenge(proof ? Scheme.DPOP : Scheme.BEARER));
        }
    }

    private void admit(
            Presented presented,
            Accepted accepted,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        Caller caller = Caller.of(accepted.claims());
        caller.attachTo(request);
        boolean callsTools = !settings.toolScopes().isEmpty() && "POST".equals(request.getMethod());
        if (presented.scheme() == Scheme.BEARER && !callsTools) {
            chain.doFilter(request, response);
            return;
        }
        byte[] body = request.getInputStream().readNBytes(ToolScopes.LARGEST_REQUEST + 1);
        if (body.length > ToolScopes.LARGEST_REQUEST) {
            response.setStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
        } else if (isProven(presented, accepted, body, request, response)
                && (!callsTools || mayCall(presented.scheme(), caller, body, response))) {
            chain.doFilter(new ReadRequest(request, body), response);
        }
    }

    private boolean isProven(
            Presented presented,
            Accepted accepted,
            byte[] body,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (presented.scheme() == Scheme.BEARER) {
            return true;
        }
        List<String> headers = Collections.list(request.getHeaders("DPoP"));
        Optional<ProofRefused> refused = proofs.judge(
                headers,
                new Proofs.Call(request.getMethod(), Proofs.digest(body), presented.token(), accepted.thumbprint()));
        if (refused.isPresent()) {
            challenge(Scheme.DPOP)
                    .send(response, 401, "invalid_dpop_proof", refused.get().description());
        }
        return refused.isEmpty();
    }

    /** Whether the token has the scopes of the tools that the request calls. */
    private boolean mayCall(Scheme scheme, Caller caller, byte[] body, HttpServletResponse response)
            throws IOException {
        ToolScopes tools = settings.toolScopes();
        Optional<String> missing = tools.missing(body, caller.scopes());
        if (missing.isPresent()) {
            List<String> scopes = tools.toRequest(settings.requiredScopes(), caller.scopes(), missing.get());
            refuse(response, Refused.INSUFFICIENT_SCOPE, new Challenge(scheme, metadata, scopes));
        }
        return missing.isEmpty();
    }

    private Challenge challenge(Scheme scheme) {
        return new Challenge(scheme, metadata, settings.requiredScopes());
    }

    private static void refuse(HttpServletResponse response, Refused refused, Challenge challenge) throws IOException {
        challenge.send(response, refused.status(), refused.error(), refused.description());
    }
}
