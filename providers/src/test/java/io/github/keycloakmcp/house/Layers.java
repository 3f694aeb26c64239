package io.github.keycloakmcp.house;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Who may use whom: the packages of the product from the ground up. A package uses packages of the layers below its own;
 * packages of one layer do not know each other. A package that is not in the table is not allowed to exist.
 */
final class Layers {

    private static final String PRODUCT = "io.github.keycloakmcp";

    private static final List<Layer> TABLE = List.of(
            new Layer("Refusals and verdicts, the words of every decision.", "rule"),
            new Layer(
                    "One decision each, as values in and a verdict out.",
                    "rule.assertion",
                    "rule.discovery",
                    "rule.fetch",
                    "rule.hooks",
                    "rule.lifecycle",
                    "rule.registration",
                    "rule.resource"),
            new Layer(
                    "Decisions that build on those: documents are held to the rules of registration, consent is given to "
                            + "resources, diagnosis explains all of them.",
                    "rule.cimd",
                    "rule.consent",
                    "rule.diagnosis",
                    "rule.team"),
            new Layer(
                    "What knows Keycloak, or calls other servers, for all of the product: it serves every capability, so it "
                            + "knows none.",
                    "fetch",
                    "platform"),
            new Layer("What administrators have set, read in one place for every request.", "settings"),
            new Layer("How a client comes into a realm, whichever capability brings it.", "admission"),
            new Layer(
                    "The capabilities. What two of them need belongs below, so that each can be read, changed and switched "
                            + "off alone.",
                    "assertion",
                    "cimd",
                    "consent",
                    "discovery",
                    "issuance",
                    "lifecycle",
                    "registration",
                    "resource"),
            new Layer("The page for administrators; its client is a part of set-up.", "admin.page"),
            new Layer("Set-up of a realm; knows what an enabled realm looks like.", "admin.setup"),
            new Layer("Diagnosis of a realm; asks set-up what is there.", "admin.diagnosis"),
            new Layer("The REST resources over all of these.", "admin"));

    private static final List<String> PURE = List.of("java.", "org.jspecify.annotations.");

    private Layers() {}

    /** What is against the table. */
    static List<String> violations(Dependencies dependencies) {
        List<String> violations = new ArrayList<>();
        dependencies.uses().forEach((user, used) -> violations.addAll(violations(user, used)));
        return violations;
    }

    private static List<String> violations(String user, Set<String> used) {
        String home = room(user);
        int floor = floor(home);
        if (floor < 0) {
            return List.of(user + " is in a package that the table does not know");
        }
        return used.stream()
                .filter(other -> isProduct(other) ? !mayUse(home, room(other)) : !mayUseOutside(home, other))
                .map(other -> user + " uses " + other + ", but " + home + " is: "
                        + TABLE.get(floor).reason())
                .toList();
    }

    private static boolean mayUse(String home, String other) {
        int floor = floor(other);
        return home.equals(other) || (floor >= 0 && floor < floor(home));
    }

    /** Every decision can be read and tested without Keycloak. */
    private static boolean mayUseOutside(String home, String type) {
        boolean isRule = home.equals("rule") || home.startsWith("rule.");
        return !isRule || PURE.stream().anyMatch(type::startsWith);
    }

    private static boolean isProduct(String type) {
        return type.startsWith(PRODUCT + ".");
    }

    private static String room(String type) {
        String name = Dependencies.packageOf(type);
        return name.equals(PRODUCT) ? "" : name.substring(PRODUCT.length() + 1);
    }

    private static int floor(String room) {
        for (int floor = 0; floor < TABLE.size(); floor++) {
            if (TABLE.get(floor).packages().contains(room)) {
                return floor;
            }
        }
        return -1;
    }

    /** Packages that do not know each other, and why they are where they are. */
    private record Layer(String reason, List<String> packages) {

        Layer(String reason, String... packages) {
            this(reason, List.of(packages));
        }
    }
}
