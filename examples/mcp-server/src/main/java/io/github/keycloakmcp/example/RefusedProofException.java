package io.github.keycloakmcp.example;

/** Ends the reading of a DPoP proof that is refused. */
final class RefusedProofException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ProofRefused reason;

    RefusedProofException(ProofRefused reason) {
        super(reason.description(), null, false, false); // expected: a stack trace would only cost time
        this.reason = reason;
    }

    ProofRefused reason() {
        return reason;
    }
}
