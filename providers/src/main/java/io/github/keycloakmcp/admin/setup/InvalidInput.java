package io.github.keycloakmcp.admin.setup;

/** What an administrator sent cannot be used; says which member and why. */
public final class InvalidInput extends Exception {

    private static final long serialVersionUID = 1;

    private final String member;

    public InvalidInput(String member, String message) {
        super(message);
        this.member = member;
    }

    /** The member at fault; empty for the document as a whole. */
    public String member() {
        return member;
    }
}
