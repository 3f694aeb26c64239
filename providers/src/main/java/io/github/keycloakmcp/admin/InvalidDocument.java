package io.github.keycloakmcp.admin;

/** What an administrator sent cannot be used; says which member and why. */
final class InvalidDocument extends Exception {

    private static final long serialVersionUID = 1;

    private final String member;

    InvalidDocument(String member, String message) {
        super(message);
        this.member = member;
    }

    /** The member at fault; empty for the document as a whole. */
    String member() {
        return member;
    }
}
