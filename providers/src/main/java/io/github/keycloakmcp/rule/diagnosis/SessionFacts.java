package io.github.keycloakmcp.rule.diagnosis;

/**
 * How long tokens live, and what users and administrators see of it all.
 *
 * @param accessTokenSeconds how long access tokens live
 * @param rotates whether refresh tokens rotate
 * @param reuse how often a refresh token may be used again
 * @param keepsEvents whether refusals are kept as events
 * @param offlineAccess whether users get the role {@code offline_access} by default
 * @param consentPage whether the login theme has the consent page of ours
 */
public record SessionFacts(
        int accessTokenSeconds,
        boolean rotates,
        int reuse,
        boolean keepsEvents,
        boolean offlineAccess,
        boolean consentPage) {}
