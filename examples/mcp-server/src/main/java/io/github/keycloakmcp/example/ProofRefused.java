package io.github.keycloakmcp.example;

/** Why {@link Proofs} refuses a DPoP proof. The sentence names the rule and never quotes the proof. */
enum ProofRefused {
    NOT_ONE("The request must have exactly one DPoP header"),
    MALFORMED("The DPoP proof is not a signed JWT"),
    WRONG_TYPE("The header typ of the DPoP proof must be dpop+jwt"),
    WRONG_ALGORITHM("The DPoP proof is signed with an algorithm that this server does not accept"),
    NO_PUBLIC_KEY("The header jwk of the DPoP proof must be a public key that fits its algorithm"),
    WRONG_SIGNATURE("The signature of the DPoP proof does not match its key"),
    OTHER_KEY("The access token is bound to another key than that of the DPoP proof"),
    WRONG_METHOD("The claim htm of the DPoP proof must be the method of the request"),
    WRONG_URI("The claim htu of the DPoP proof must be the URL of this server"),
    OTHER_TOKEN("The claim ath of the DPoP proof must be the hash of the access token"),
    WRONG_TIME("The claim iat of the DPoP proof must be within 5 minutes of the time of this server"),
    NO_DIGEST("The DPoP proof must have the claim content_digest"),
    OTHER_BODY("The claim content_digest of the DPoP proof does not match the body of the request"),
    NO_ID("The claim jti of the DPoP proof must be a text of 1 to 256 characters"),
    SEEN("The DPoP proof has been used before");

    private final String description;

    ProofRefused(String description) {
        this.description = description;
    }

    String description() {
        return description;
    }
}
