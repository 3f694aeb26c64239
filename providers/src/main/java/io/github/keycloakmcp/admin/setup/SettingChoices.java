package io.github.keycloakmcp.admin.setup;

import java.util.List;
import java.util.stream.Stream;

import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ConfiguredProvider;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy;

/**
 * The words that a setting may be, as its provider says. A provider reads any other word as its default, which may be wider
 * than what an administrator meant.
 */
final class SettingChoices {

    private final KeycloakSession session;

    SettingChoices(KeycloakSession session) {
        this.session = session;
    }

    void check(RealmFile file, SetUpDocument document) throws InvalidInput {
        for (SetUpMember member : file.members()) {
            List<String> options =
                    member.places().stream().flatMap(this::options).distinct().toList();
            for (String word : document.list(member.name())) {
                if (!options.isEmpty() && !options.contains(word)) {
                    throw new InvalidInput(member.name(), "one of " + options + " is expected");
                }
            }
        }
    }

    private Stream<String> options(SetUpMember.Place place) {
        return Stream.<Class<? extends Provider>>of(ClientRegistrationPolicy.class, ClientPolicyExecutorProvider.class)
                .map(type -> session.getKeycloakSessionFactory().getProviderFactory(type, place.provider()))
                .filter(ConfiguredProvider.class::isInstance)
                .flatMap(factory -> ((ConfiguredProvider) factory).getConfigProperties().stream())
                .filter(property -> property.getName().equals(place.key()))
                .filter(property -> ProviderConfigProperty.LIST_TYPE.equals(property.getType()))
                .flatMap(property -> property.getOptions().stream());
    }
}
