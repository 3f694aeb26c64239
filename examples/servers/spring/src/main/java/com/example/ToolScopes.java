package com.example;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.util.StreamUtils;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares the scopes of the token with what the called tool needs, before the tool runs. */
class ToolScopes extends OncePerRequestFilter {

    private final Map<String, List<String>> scopes;
    private final String metadata;
    private final JsonMapper json = new JsonMapper();

    ToolScopes(Map<String, List<String>> scopes, String metadata) {
        this.scopes = scopes;
        this.metadata = metadata;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken caller)) {
            chain.doFilter(request, response);
            return;
        }
        byte[] body = StreamUtils.copyToByteArray(request.getInputStream());
        List<String> granted = List.of(String.valueOf(caller.getToken().getClaimAsString("scope")).split(" "));
        for (JsonNode message : messages(body)) {
            if (message.path("method").asString("").equals("tools/call")) {
                List<String> needed = scopes.get(message.path("params").path("name").asString(""));
                if (needed == null) {
                    response.setStatus(HttpServletResponse.SC_FORBIDDEN); // a tool that is not listed is closed
                    return;
                }
                if (!granted.containsAll(needed)) {
                    insufficient(response, needed);
                    return;
                }
            }
        }
        chain.doFilter(new Again(request, body), response);
    }

    /** Names all scopes of the tool, so that the client asks the user once. */
    private void insufficient(HttpServletResponse response, List<String> needed) {
        response.setHeader("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"%s\", resource_metadata=\"%s\""
                .formatted(String.join(" ", needed), metadata));
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
    }

    private List<JsonNode> messages(byte[] body) {
        if (body.length == 0) {
            return List.of();
        }
        JsonNode read = json.readTree(body);
        List<JsonNode> messages = new ArrayList<>();
        if (read.isArray()) {
            read.forEach(messages::add);
        } else {
            messages.add(read);
        }
        return messages;
    }

    /** The request with its body unread. */
    private static class Again extends HttpServletRequestWrapper {

        private final ByteArrayInputStream body;

        Again(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = new ByteArrayInputStream(body);
        }

        @Override
        public ServletInputStream getInputStream() {
            return new ServletInputStream() {
                @Override
                public int read() {
                    return body.read();
                }

                @Override
                public boolean isFinished() {
                    return body.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException();
                }
            };
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }
}
