package io.github.keycloakmcp.rule.diagnosis;

import java.util.ArrayList;
import java.util.List;

/** What makes sessions less safe than they could be, and what users and administrators do not get to see. */
final class SessionChecks {

    private static final int LONGEST_TOKEN = 3_600;

    private SessionChecks() {}

    static List<Finding> of(SessionFacts facts) {
        List<Finding> findings = new ArrayList<>();
        if (facts.accessTokenSeconds() > LONGEST_TOKEN) {
            findings.add(Finding.warning(
                    "long-access-tokens",
                    "access tokens live " + facts.accessTokenSeconds() + " seconds; a stolen one works as long",
                    "Realm settings → Tokens → Access token lifespan: 5 minutes; clients refresh by themselves"));
        }
        if (!facts.rotates()) {
            findings.add(Finding.warning(
                    "no-rotation",
                    "refresh tokens of public clients do not rotate, which OAuth 2.1 section 4.3.1 demands",
                    "Realm settings → Tokens → Revoke refresh token on, with a reuse of 1; it concerns every client of "
                            + "the realm, so set-up does not do it"));
        } else if (facts.reuse() == 0) {
            findings.add(Finding.info(
                    "strict-rotation",
                    "a refresh token can be used once only; clients that send it twice at once lose their session",
                    "Realm settings → Tokens → Refresh token max reuse: 1; the mapper's grace bounds it to seconds"));
        }
        if (!facts.consentPage()) {
            findings.add(otherConsentPage());
        }
        if (!facts.offlineAccess()) {
            findings.add(noOfflineAccess());
        }
        if (!facts.keepsEvents()) {
            findings.add(Finding.info(
                    "no-events",
                    "refusals are not kept, so the last ones cannot be explained here",
                    "Realm settings → Events → User events settings → Save events"));
        }
        return findings;
    }

    static Finding otherConsentPage() {
        return Finding.warning(
                "other-consent-page",
                "the consent page of the login theme says neither where the codes go nor for which MCP server",
                "Realm settings → Themes → Login theme mcp, or take its page into your theme (themes/README.md)");
    }

    static Finding noOfflineAccess() {
        return Finding.warning(
                "offline-role-missing",
                "new users of the realm do not get the role offline_access; clients that request offline_access get tokens "
                        + "without it for such users, and are refused after login in the device flow",
                "if users may stay logged in while they are away: Realm settings → User registration → Default roles: add "
                        + "offline_access, or assign it to those who may");
    }
}
