package io.github.keycloakmcp.fetch;

import javax.net.ssl.SSLSocketFactory;

/** Reads what stands at a URL. */
interface Fetch extends AutoCloseable {

    /**
     * Reads a document.
     *
     * @param tls with the certificates that are trusted
     * @param deadline when the caller has to go on
     */
    FetchAnswer get(FetchRequest request, SSLSocketFactory tls, Deadline deadline);

    @Override
    void close();
}
