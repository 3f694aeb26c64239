package io.github.keycloakmcp.settings;

import java.util.Optional;
import java.util.stream.Stream;

import io.github.keycloakmcp.platform.ProviderIds;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.RealmModel;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy;

/** The registration policies of ours that a realm has. */
public final class RealmPolicies {

    /** What Keycloak calls a registration that nobody vouches for, in its policies and in its tokens. */
    public static final String ANONYMOUS = "anonymous";

    private RealmPolicies() {}

    public static Stream<ComponentModel> of(RealmModel realm) {
        return realm.getComponentsStream(realm.getId(), ClientRegistrationPolicy.class.getName())
                .filter(policy -> ProviderIds.CLIENT_REGISTRATION.equals(policy.getProviderId()));
    }

    /**
     * The policy whose settings hold.
     *
     * @param trusted whether somebody vouches for the request, with an initial access token or as an administrator;
     *     where the realm has no policy of its own for these, that for anonymous requests holds for them too
     */
    static Optional<ComponentModel> deciding(RealmModel realm, boolean trusted) {
        return trusted
                ? of(realm).filter(policy -> !isAnonymous(policy)).findFirst().or(() -> deciding(realm, false))
                : of(realm).filter(RealmPolicies::isAnonymous).findFirst();
    }

    private static boolean isAnonymous(ComponentModel policy) {
        return ANONYMOUS.equals(policy.getSubType());
    }
}
