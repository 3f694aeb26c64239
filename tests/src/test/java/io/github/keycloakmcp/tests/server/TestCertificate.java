package io.github.keycloakmcp.tests.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate for {@code localhost}, made for the test run, which its servers trust. It can be no other's.
 *
 * @param keys the key store
 * @param certificate the certificate as PEM
 */
public record TestCertificate(Path keys, Path certificate) {

    /** The password of every key store of the tests. */
    public static final String PASSWORD = "changeit";

    private static final TestCertificate OF_THIS_RUN = make();

    /** The one and only. */
    public static TestCertificate ofThisRun() {
        return OF_THIS_RUN;
    }

    /** TLS for a server with this certificate. */
    public SSLContext tls() {
        try (InputStream in = Files.newInputStream(keys)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS", e);
        }
    }

    private static TestCertificate make() {
        try {
            Path folder = Files.createDirectories(TestSettings.workFolder());
            Path keys = folder.resolve("localhost.p12");
            Path certificate = folder.resolve("localhost.pem");
            Files.deleteIfExists(keys);
            keytool(
                    keys,
                    "-genkeypair",
                    "-alias",
                    "host",
                    "-keyalg",
                    "EC",
                    "-validity",
                    "2",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "san=dns:localhost,ip:127.0.0.1,ip:::1");
            keytool(keys, "-exportcert", "-alias", "host", "-rfc", "-file", certificate.toString());
            return new TestCertificate(keys, certificate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the JDK's keytool on a key store. */
    public static void keytool(Path keys, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", keys.toString(), "-storepass", PASSWORD, "-storetype", "PKCS12"));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
