package io.github.keycloakmcp.example;

import java.text.ParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.ConfigurableJWTProcessor;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import io.github.keycloakmcp.example.Presented.Scheme;
import io.github.keycloakmcp.example.TokenVerdict.Accepted;
import io.github.keycloakmcp.example.TokenVerdict.Refused;

/**
 * Decides whether an access token opens this MCP server (RFC 9068 §4): signed by the issuer with an asymmetric key,
 * within its time, an access token and not an ID or refresh token, issued for exactly this resource, and with the
 * required scopes. The audience is what keeps a token for one MCP server from opening another.
 */
final class AccessTokens {

    private static final int LEEWAY_SECONDS = 30;

    private final ConfigurableJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final String resource;
    private final List<String> requiredScopes;
    private final boolean dpopRequired;

    AccessTokens(Settings settings, JWKSource<SecurityContext> keys) {
        this.resource = settings.resource().toString();
        this.requiredScopes = settings.requiredScopes();
        this.dpopRequired = settings.dpopRequired();
        Set<JWSAlgorithm> algorithms = new HashSet<>(JWSAlgorithm.Family.RSA);
        algorithms.addAll(List.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt")));
        JWTClaimsSet exact =
                new JWTClaimsSet.Builder().issuer(settings.issuer().toString()).build();
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(exact, Set.of("exp"));
        claims.setMaxClockSkew(LEEWAY_SECONDS);
        processor.setJWTClaimsSetVerifier(claims);
    }

    TokenVerdict judge(Presented presented) {
        try {
            return judge(processor.process(presented.token(), null), presented.scheme());
        } catch (ParseException | RuntimeException malformed) { // unchecked for a header that is null, for example
            return Refused.MALFORMED;
        } catch (ExpiredJWTException expired) {
            return Refused.EXPIRED;
        } catch (BadJWTException claims) {
            return Refused.WRONG_CLAIMS;
        } catch (BadJOSEException untrusted) {
            return Refused.UNTRUSTED;
        } catch (JOSEException keysUnavailable) {
            return Refused.UNDECIDED;
        }
    }

    private TokenVerdict judge(JWTClaimsSet claims, Scheme scheme) {
        if (!isAccessToken(claims)) {
            return Refused.NOT_AN_ACCESS_TOKEN;
        }
        if (!claims.getAudience().contains(resource)) {
            return Refused.WRONG_AUDIENCE;
        }
        Optional<Refused> refused = binding(claims, scheme);
        if (refused.isPresent()) {
            return refused.get();
        }
        return scopes(claims).containsAll(requiredScopes)
                ? new Accepted(claims, thumbprint(claims).orElse(""))
                : Refused.INSUFFICIENT_SCOPE;
    }

    /** Keycloak gives every kind of token the header {@code typ: JWT} and tells them apart by a claim of that name. */
    private static boolean isAccessToken(JWTClaimsSet claims) {
        Object kind = claims.getClaim("typ");
        return kind == null || kind.equals("Bearer") || kind.equals("DPoP");
    }

    /**
     * A token that is bound to a key is sent with a proof, and no other token is (RFC 9449 §7.1). Accepted as a bearer
     * token, it would be worth as much to a thief as to its client (§7.2). Another kind of binding, like that to a TLS
     * certificate (RFC 8705), is not checked here, so its tokens are refused.
     */
    private Optional<Refused> binding(JWTClaimsSet claims, Scheme scheme) {
        boolean bound = thumbprint(claims).isPresent();
        if (claims.getClaim("cnf") != null && !bound) {
            return Optional.of(Refused.OTHER_BINDING);
        }
        if (scheme == Scheme.DPOP) {
            return bound ? Optional.empty() : Optional.of(Refused.UNBOUND);
        }
        if (bound) {
            return Optional.of(Refused.BOUND);
        }
        return dpopRequired ? Optional.of(Refused.DPOP_REQUIRED) : Optional.empty();
    }

    /** The key in {@code cnf}; none, if the token is bound to a TLS certificate as well. Other members are Keycloak's own. */
    private static Optional<String> thumbprint(JWTClaimsSet claims) {
        return claims.getClaim("cnf") instanceof Map<?, ?> cnf
                        && cnf.get("x5t#S256") == null
                        && cnf.get("jkt") instanceof String jkt
                        && !jkt.isEmpty()
                ? Optional.of(jkt)
                : Optional.empty();
    }

    private static Set<String> scopes(JWTClaimsSet claims) {
        return claims.getClaim("scope") instanceof String scope
                ? Set.copyOf(Arrays.asList(scope.split(" ")))
                : Set.of();
    }
}
