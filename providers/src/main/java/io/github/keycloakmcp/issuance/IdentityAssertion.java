package io.github.keycloakmcp.issuance;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;

import io.github.keycloakmcp.rule.assertion.Assertion;
import io.github.keycloakmcp.rule.assertion.IssuedAccess;
import org.keycloak.common.util.Time;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.jose.jws.JWSBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.IDToken;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.Urls;

/**
 * An identity assertion with the claims that its profile demands, and no others: a reader learns little of the user.
 *
 * @param claims its claims, without the issuer
 */
record IdentityAssertion(JsonWebToken claims) {

    /** How long it can be redeemed. It is made to be redeemed at once (Enterprise-Managed Authorization section 7.4.2). */
    static final Duration LIFE = Duration.ofMinutes(5);

    static IdentityAssertion about(UserModel user, IssuedAccess access, Set<String> more) {
        JsonWebToken token = new JsonWebToken();
        long now = Time.currentTime();
        token.id(UUID.randomUUID().toString())
                .subject(user.getId())
                .audience(access.audience())
                .iat(now)
                .exp(now + LIFE.toSeconds());
        token.setOtherClaims("client_id", access.clientId());
        token.setOtherClaims("scope", String.join(" ", access.scopes()));
        if (!access.servers().isEmpty()) {
            token.setOtherClaims(
                    "resource", access.servers().size() == 1 ? access.servers().get(0) : access.servers());
        }
        if (more.contains(IDToken.EMAIL) && user.getEmail() != null) {
            token.setOtherClaims(IDToken.EMAIL, user.getEmail());
            token.setOtherClaims(IDToken.EMAIL_VERIFIED, user.isEmailVerified());
        }
        if (more.contains(IDToken.PREFERRED_USERNAME)) {
            token.setOtherClaims(IDToken.PREFERRED_USERNAME, user.getUsername());
        }
        return new IdentityAssertion(token);
    }

    String id() {
        return claims.getId();
    }

    /** Signs it in the name of the realm, with a key pair: the authorization server has the public key only. */
    String sign(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        claims.issuer(Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName()));
        SignatureProvider ofRealm =
                session.getProvider(SignatureProvider.class, String.valueOf(realm.getDefaultSignatureAlgorithm()));
        SignatureProvider signature = ofRealm != null && ofRealm.isAsymmetricAlgorithm()
                ? ofRealm
                : session.getProvider(SignatureProvider.class, Algorithm.RS256);
        return new JWSBuilder().type(Assertion.IDENTITY).jsonContent(claims).sign(signature.signer());
    }
}
