package io.github.keycloakmcp.tests.server;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A registration request as it went over the wire.
 *
 * @param headers the request headers by name in lower case
 * @param body what the client asked to be
 */
public record RegistrationRequest(Map<String, String> headers, JsonNode body) {}
