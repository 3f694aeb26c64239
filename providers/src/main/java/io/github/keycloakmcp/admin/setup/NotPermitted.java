package io.github.keycloakmcp.admin.setup;

/** What an administrator of a team asks for is not the team's to decide. */
public final class NotPermitted extends Exception {

    private static final long serialVersionUID = 1;

    private final String problem;

    NotPermitted(String problem) {
        super(problem);
        this.problem = problem;
    }

    /** What the administrator is told: what was refused, and what the team may do. */
    public String problem() {
        return problem;
    }
}
