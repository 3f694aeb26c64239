package io.github.keycloakmcp.tests.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.github.keycloakmcp.tests.server.TestCertificate;

/**
 * The certificate with which an agent opens its connection (RFC 8705), and the authority that signed it.
 *
 * @param keys the key store of the agent
 * @param authority the certificate of the authority, as PEM
 */
public record ClientCertificate(Path keys, Path authority) {

    private static final char[] PASSWORD = TestCertificate.PASSWORD.toCharArray();

    /** Makes an authority and a certificate that it signs. */
    public static ClientCertificate signed(Path folder, String subject, String authority) {
        Path trust = folder.resolve("authority.p12");
        Path keys = folder.resolve("agent.p12");
        Path request = folder.resolve("agent.csr");
        Path signed = folder.resolve("agent.pem");
        Path root = folder.resolve("authority.pem");
        TestCertificate.keytool(
                trust, "-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", authority, "-ext", "bc:c");
        TestCertificate.keytool(trust, "-exportcert", "-alias", "ca", "-rfc", "-file", root.toString());
        TestCertificate.keytool(keys, "-genkeypair", "-alias", "agent", "-keyalg", "EC", "-dname", subject);
        TestCertificate.keytool(keys, "-certreq", "-alias", "agent", "-file", request.toString());
        TestCertificate.keytool(
                trust,
                "-gencert",
                "-alias",
                "ca",
                "-rfc",
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString());
        TestCertificate.keytool(keys, "-importcert", "-noprompt", "-alias", "ca", "-file", root.toString());
        TestCertificate.keytool(keys, "-importcert", "-noprompt", "-alias", "agent", "-file", signed.toString());
        return new ClientCertificate(keys, root);
    }

    /** Posts a form over a connection that this certificate opens. */
    public HttpReply post(URI uri, Form form) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.encoded()))
                .build();
        try {
            var response = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(tls())
                    .build()
                    .send(request, BodyHandlers.ofString());
            return new HttpReply(uri, response.statusCode(), response.headers(), response.body());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("POST " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("POST " + uri + " was interrupted", e);
        }
    }

    private SSLContext tls() throws IOException, GeneralSecurityException {
        KeyStore own = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            own.load(in, PASSWORD);
        }
        KeyManagerFactory shown = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        shown.init(own, PASSWORD);
        KeyStore others = KeyStore.getInstance("PKCS12");
        others.load(null, null);
        try (InputStream in = Files.newInputStream(TestCertificate.ofThisRun().certificate())) {
            others.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(others);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shown.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }
}
