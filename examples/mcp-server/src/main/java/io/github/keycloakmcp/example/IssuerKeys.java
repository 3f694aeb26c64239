package io.github.keycloakmcp.example;

import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The issuer's public keys, fetched when the first token arrives, so that the authorization server may start later,
 * and then cached. An unknown key id reloads them, which is how a new key is learnt, but not more often than the
 * authorization server can bear; keys once known outlive a short outage.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration USABLE_IN_AN_OUTAGE = Duration.ofHours(1);
    private static final Duration PAUSE_BETWEEN_LOADS = Duration.ofSeconds(2);
    private static final Duration HTTP_TIMEOUT = Duration.ofSeconds(3);
    private static final int LARGEST_DOCUMENT = 256 * 1024;

    private final DefaultResourceRetriever http = new DefaultResourceRetriever(
            (int) HTTP_TIMEOUT.toMillis(), (int) HTTP_TIMEOUT.toMillis(), LARGEST_DOCUMENT);
    private final URI issuer;
    private final JWKSource<SecurityContext> cached;

    private volatile @Nullable URI location;
    private volatile boolean known;

    IssuerKeys(Settings settings) {
        this.issuer = settings.issuer();
        this.location = settings.jwksUri();
        this.cached = JWKSourceBuilder.create(new Remote())
                .cache(FRESH.toMillis(), 4 * HTTP_TIMEOUT.toMillis())
                .refreshAheadCache(false)
                .rateLimited(PAUSE_BETWEEN_LOADS.toMillis())
                .outageTolerant(USABLE_IN_AN_OUTAGE.toMillis())
                .build();
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        try {
            return cached.get(selector, context);
        } catch (RateLimitReachedException tooSoon) {
            if (known) {
                return List.of(); // the keys were read a moment ago, and this one was not among them
            }
            throw tooSoon;
        }
    }

    private JWKSet load() throws KeySourceException {
        try {
            URI from = location;
            if (from == null) {
                from = new IssuerMetadata(issuer, http).jwksUri();
                location = from;
            }
            JWKSet keys = read(from);
            known = true;
            return keys;
        } catch (IOException failure) {
            LOG.warn("no signing keys: {}", failure.getMessage());
            throw new JWKSetUnavailableException("No signing keys", failure);
        }
    }

    private JWKSet read(URI from) throws IOException {
        try {
            return JWKSet.parse(http.retrieveResource(from.toURL()).getContent());
        } catch (IOException | ParseException | IllegalArgumentException failure) {
            throw new IOException(from + " " + IssuerMetadata.reason(failure), failure);
        }
    }

    /** The uncached end of the chain that the library builds. */
    private final class Remote implements JWKSetSource<SecurityContext> {

        @Override
        public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, @Nullable SecurityContext context)
                throws KeySourceException {
            return load();
        }

        @Override
        public void close() {
            // nothing is held open between two loads
        }
    }
}
