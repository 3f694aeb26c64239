package io.github.keycloakmcp.platform;

import java.util.List;
import java.util.stream.Stream;

import org.keycloak.common.Profile;

/**
 * Keycloak's own features that are not yet supported by it and concern this extension. Some do a part of what it does, and can be
 * on beside it: this extension decides about MCP, Keycloak about everything else.
 */
public enum UpstreamFeature {
    /** {@code resource-indicators}: the audience of a token is the client that {@code resource} names. */
    RESOURCE_INDICATORS("resource-indicators"),

    /** {@code cimd}: an executor that loads metadata documents. */
    CIMD("cimd"),

    /** {@code stateless}: what can be used once is in the database, as a part of the request; see {@link SharedMarks}. */
    STATELESS("stateless"),

    /** {@code token-exchange-delegation} (26.8): a user allows an actor, whom the exchanged token names in {@code act}. */
    TOKEN_EXCHANGE_DELEGATION("token-exchange-delegation");

    private final String key;

    UpstreamFeature(String key) {
        this.key = key;
    }

    /** The name in the server option {@code features}. */
    public String key() {
        return key;
    }

    /** Tells whether the feature is on. Searched by name, because a server may know it no longer, or in a new version. */
    public boolean isOn() {
        Profile profile = Profile.getInstance();
        return profile != null
                && profile.getFeatures().entrySet().stream()
                        .anyMatch(feature -> feature.getValue()
                                && key.equals(feature.getKey().getUnversionedKey()));
    }

    /** The names of those that are on. */
    public static List<String> on() {
        return Stream.of(values())
                .filter(UpstreamFeature::isOn)
                .map(UpstreamFeature::key)
                .sorted()
                .toList();
    }
}
