package io.github.keycloakmcp.consent;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.github.keycloakmcp.platform.ClientAttributes;
import io.github.keycloakmcp.rule.Verdict;
import io.github.keycloakmcp.rule.consent.Destination;
import io.github.keycloakmcp.rule.consent.ShownText;
import io.github.keycloakmcp.rule.consent.Span;
import io.github.keycloakmcp.rule.registration.KnownClient;
import io.github.keycloakmcp.rule.registration.KnownClients;
import io.github.keycloakmcp.rule.registration.RedirectUri;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;

/**
 * Who asks, and who says so. A name is worth what the party behind it is worth: an administrator, a vendor whose own
 * address the client proves, the host of a metadata document, or only the client itself.
 */
final class ShownClient {

    private static final int MAX_NAME = 80;

    private ShownClient() {}

    /**
     * What the page says of {@code client}.
     *
     * @param redirectUri where the code of this login goes; absent on a device
     */
    static Map<String, Object> of(ClientModel client, @Nullable String redirectUri) {
        Map<String, Object> facts = new HashMap<>();
        Optional<KnownClient> known = Optional.ofNullable(client.getAttribute(ClientAttributes.KNOWN_CLIENT))
                .flatMap(KnownClients::byId)
                .filter(vendor -> receives(vendor, redirectUri));
        facts.put("name", known.map(KnownClient::name).orElseGet(() -> name(client)));
        String registered = client.getAttribute(ClientAttributes.REGISTERED);
        Optional<String> document = Destination.hostOf(client.getClientId()).filter(host -> registered != null);
        if (known.isPresent()) {
            facts.put("origin", "vendor");
        } else if (document.isPresent()) {
            facts.put("origin", "document");
            facts.put("host", document.get());
        } else if (registered != null) {
            facts.put("origin", "registered");
            age(registered).ifPresent(age -> facts.put("age", ShownSpan.of(age)));
        } else {
            // A registration access token is given to who registers; administrators' clients normally have none.
            facts.put("origin", client.getRegistrationToken() == null ? "administrator" : "registered");
        }
        return facts;
    }

    /**
     * Tells whether a code of this login would reach {@code vendor}. The attribute alone is not enough: it says what was
     * true when the client was saved. On the user's own computer nothing can be told, and the page says so.
     */
    private static boolean receives(KnownClient vendor, @Nullable String redirectUri) {
        return redirectUri == null
                || !(RedirectUri.parseAlsoPlainHttp(redirectUri) instanceof Verdict.Allowed<RedirectUri> parsed)
                || parsed.value().kind() == RedirectUri.Kind.LOOPBACK
                || parsed.value().kind() == RedirectUri.Kind.PRIVATE_USE
                || vendor.receivesAt(redirectUri)
                || (parsed.value().kind() == RedirectUri.Kind.HTTPS
                        && vendor.hosts().contains(parsed.value().host()));
    }

    private static String name(ClientModel client) {
        String name = ShownText.of(client.getName() == null ? "" : client.getName(), MAX_NAME);
        return name.isEmpty() ? ShownText.of(client.getClientId(), MAX_NAME) : name;
    }

    private static Optional<Span> age(String registered) {
        return registered.matches("\\d{1,18}")
                ? Optional.of(Span.ago(Time.currentTime() - Long.parseLong(registered)))
                : Optional.empty();
    }
}
