package io.github.keycloakmcp.example;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;

/**
 * Finds the issuer's key set in its metadata: the OAuth document, whose well-known path goes in front of the issuer's
 * own (RFC 8414 §3.1), or else the OpenID one, whose path goes behind it (OpenID Connect Discovery §4).
 */
record IssuerMetadata(URI issuer, ResourceRetriever http) {

    URI jwksUri() throws IOException {
        StringJoiner failures = new StringJoiner("; ");
        for (URI location : locations()) {
            try {
                return jwksUri(location);
            } catch (IOException | ParseException | IllegalArgumentException failure) {
                failures.add(location + " " + reason(failure));
            }
        }
        throw new IOException(failures.toString());
    }

    List<URI> locations() {
        String path = issuer.getRawPath().replaceFirst("/$", "");
        return List.of(
                issuer.resolve("/.well-known/oauth-authorization-server" + path),
                issuer.resolve(path + "/.well-known/openid-configuration"));
    }

    /** Why a document could not be used, in few words: the JDK's own are sometimes only a name. */
    static String reason(Exception failure) {
        if (failure instanceof FileNotFoundException) {
            return "is not there";
        }
        return failure instanceof UnknownHostException
                ? "is on an unknown host"
                : "cannot be used: " + failure.getMessage();
    }

    private URI jwksUri(URI location) throws IOException, ParseException {
        Map<String, Object> metadata =
                JSONObjectUtils.parse(http.retrieveResource(location.toURL()).getContent());
        if (!issuer.toString().equals(JSONObjectUtils.getString(metadata, "issuer"))) {
            throw new IOException("the metadata is of another issuer");
        }
        URI jwksUri = JSONObjectUtils.getURI(metadata, "jwks_uri");
        if (jwksUri == null) {
            throw new IOException("the metadata has no jwks_uri");
        }
        return jwksUri;
    }
}
