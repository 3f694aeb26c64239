package io.github.keycloakmcp.platform;

import javax.net.ssl.SSLSocketFactory;

import org.keycloak.models.KeycloakSession;
import org.keycloak.truststore.TruststoreProvider;

/** TLS that trusts what Keycloak trusts: its truststore where it has one, else that of Java. */
public final class TrustedTls {

    private TrustedTls() {}

    public static SSLSocketFactory of(KeycloakSession session) {
        TruststoreProvider truststore = session.getProvider(TruststoreProvider.class);
        SSLSocketFactory trusting = truststore == null ? null : truststore.getSSLSocketFactory();
        return trusting == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : trusting;
    }
}
