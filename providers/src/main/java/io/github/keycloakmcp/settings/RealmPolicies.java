package io.github.keycloakmcp.settings;

import java.util.Optional;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ProviderIds;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.RealmModel;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy;

/** The registration policies of this extension that a realm has. */
public final class RealmPolicies {

    /** What Keycloak calls a registration without an initial access token, in its policies and in its tokens. */
    public static final String ANONYMOUS = "anonymous";

    private RealmPolicies() {}

    public static Stream<ComponentModel> of(RealmModel realm) {
        return realm.getComponentsStream(realm.getId(), ClientRegistrationPolicy.class.getName())
                .filter(policy -> ProviderIds.CLIENT_REGISTRATION.equals(policy.getProviderId()));
    }

    /**
     * The policy whose settings apply.
     *
     * @param trusted whether the request comes with an initial access token or from an administrator; in a realm without a
     *     policy for these, the one for anonymous requests applies
     */
    static Optional<ComponentModel> deciding(RealmModel realm, boolean trusted) {
        return trusted
                ? of(realm).filter(policy -> !isAnonymous(policy)).findFirst().or(() -> deciding(realm, false))
                : of(realm).filter(RealmPolicies::isAnonymous).findFirst();
    }

    static boolean isAnonymous(ComponentModel policy) {
        return ANONYMOUS.equals(policy.getSubType());
    }
}
