package io.github.keycloakmcp.example;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.keycloakmcp.example.TokenVerdict.Accepted;
import io.github.keycloakmcp.example.TokenVerdict.Refused;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Lets only requests with a good access token reach the MCP endpoint; every request brings its own, whatever session it
 * belongs to. Others get the challenge that tells a client where to find a token (RFC 6750 §3, RFC 9728 §5.1).
 */
final class BearerFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final String SCHEME = "Bearer ";

    private final transient AccessTokens accessTokens;
    private final String metadata;
    private final String hints;
    private final transient List<String> required;
    private final transient ToolScopes toolScopes;

    BearerFilter(Settings settings, AccessTokens accessTokens) {
        this.accessTokens = accessTokens;
        this.required = settings.requiredScopes();
        this.toolScopes = settings.toolScopes();
        this.metadata = "resource_metadata=\"" + ProtectedResourceMetadata.location(settings.resource()) + '"';
        this.hints = settings.advertiseScopes()
                ? metadata + ", scope=\"" + String.join(" ", settings.scopes()) + '"'
                : metadata;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<String> token = token(request);
        if (token.isEmpty()) {
            response.setHeader("WWW-Authenticate", SCHEME + hints);
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        TokenVerdict verdict = accessTokens.judge(token.get());
        if (verdict instanceof Accepted accepted) {
            Caller caller = Caller.of(accepted.claims());
            caller.attachTo(request);
            if (toolScopes.isEmpty() || !"POST".equals(request.getMethod())) {
                chain.doFilter(request, response);
            } else {
                callTools(caller.scopes(), request, response, chain);
            }
        } else if (verdict instanceof Refused refused) {
            refuse(response, refused, hints);
        }
    }

    /** Lets a request pass if its token has the scopes of the tools that it calls. */
    private void callTools(
            Set<String> granted, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        byte[] body = request.getInputStream().readNBytes(ToolScopes.LARGEST_REQUEST + 1);
        Optional<String> missing = toolScopes.missing(body, granted);
        if (body.length > ToolScopes.LARGEST_REQUEST) {
            response.setStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
        } else if (missing.isPresent()) {
            List<String> scopes = toolScopes.toRequest(required, granted, missing.get());
            refuse(response, Refused.INSUFFICIENT_SCOPE, metadata + ", scope=\"" + String.join(" ", scopes) + '"');
        } else {
            chain.doFilter(new ReadRequest(request, body), response);
        }
    }

    private static void refuse(HttpServletResponse response, Refused refused, String hints) throws IOException {
        String reason = "error=\"" + refused.error() + "\", error_description=\"" + refused.description() + "\", ";
        if (refused == Refused.UNDECIDED) {
            response.setHeader("Retry-After", "2");
        } else {
            response.setHeader("WWW-Authenticate", SCHEME + reason + hints);
        }
        response.setStatus(refused.status());
        response.setContentType("application/json");
        response.getWriter()
                .print("{\"error\":\"" + refused.error() + "\",\"error_description\":\"" + refused.description()
                        + "\"}");
    }

    private static Optional<String> token(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip());
    }
}
