package io.github.keycloakmcp.house;

import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.protocol.oidc.OIDCLoginProtocolFactory;
import org.keycloak.protocol.oidc.tokenexchange.StandardTokenExchangeProviderFactory;
import org.keycloak.provider.ProviderFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Keycloak finds every provider, under the id that stands in realm files and scripts. */
class ServicesTest {

    @Test
    void listsPublicClassesThatProvideTheService() {
        Services.listed()
                .forEach((service, names) -> assertThat(names)
                        .as(service)
                        .isNotEmpty()
                        .doesNotHaveDuplicates()
                        .allSatisfy(name -> assertProvides(Services.load(name), Services.load(service))));
    }

    @Test
    void listsEveryProviderFactory() {
        List<String> factories = Services.classes().stream()
                .filter(ProviderFactory.class::isAssignableFrom)
                .filter(type -> !Modifier.isAbstract(type.getModifiers()))
                .map(Class::getName)
                .toList();
        List<String> listed = Services.factories().values().stream()
                .flatMap(Collection::stream)
                .map(factory -> factory.getClass().getName())
                .toList();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(factories);
    }

    /** These ids are public API. Whoever has to change this test breaks the realm files of others. */
    @Test
    void neverRenamesAProvider() {
        assertThat(ids())
                .containsOnly(
                        Map.entry(
                                "org.keycloak.services.clientregistration.policy.ClientRegistrationPolicyFactory",
                                Set.of("mcp-client-registration")),
                        Map.entry(
                                "org.keycloak.authentication.ClientAuthenticatorFactory",
                                Set.of("client-jwt", "federated-jwt")),
                        Map.entry(
                                "org.keycloak.protocol.oidc.grants.OAuth2GrantTypeFactory",
                                Set.of("urn:ietf:params:oauth:grant-type:jwt-bearer")),
                        Map.entry("org.keycloak.protocol.oidc.TokenExchangeProviderFactory", Set.of("mcp-id-jag")),
                        Map.entry("org.keycloak.protocol.ProtocolMapper", Set.of("mcp-resource-audience")),
                        Map.entry(
                                "org.keycloak.protocol.oidc.token.TokenPostProcessorFactory",
                                Set.of("mcp-resource-binding", "resource-indicators")),
                        Map.entry(
                                "org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProviderFactory",
                                Set.of("mcp-resource", "mcp-client-guard", "mcp-client-id-metadata-document")),
                        Map.entry(
                                "org.keycloak.services.clientregistration.ClientRegistrationProviderFactory",
                                Set.of("openid-connect")),
                        Map.entry("org.keycloak.protocol.LoginProtocolFactory", Set.of("openid-connect")),
                        Map.entry(
                                "org.keycloak.services.clientpolicy.condition.ClientPolicyConditionProviderFactory",
                                Set.of("mcp-client")),
                        Map.entry(
                                "org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory",
                                Set.of("mcp")),
                        Map.entry("org.keycloak.services.resource.RealmResourceProviderFactory", Set.of("mcp-admin")),
                        Map.entry("org.keycloak.services.cors.CorsFactory", Set.of("default")),
                        Map.entry(
                                "org.keycloak.wellknown.WellKnownProviderFactory",
                                Set.of("mcp-oauth-authorization-server", "mcp-openid-configuration")),
                        Map.entry("org.keycloak.authentication.RequiredActionFactory", Set.of("mcp-consent")),
                        Map.entry(
                                "org.keycloak.events.EventListenerProviderFactory",
                                Set.of("mcp-consent-memory", "mcp-last-use")),
                        Map.entry("io.github.keycloakmcp.platform.ClientCleanUpFactory", Set.of("unused-clients")),
                        Map.entry("io.github.keycloakmcp.platform.ServerCatalogueFactory", Set.of("declared")),
                        Map.entry("org.keycloak.theme.ThemeResourceProviderFactory", Set.of("mcp-console-texts")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.keycloak.services.clientregistration.ClientRegistrationProviderFactory",
                "org.keycloak.services.cors.CorsFactory"
            })
    void replacesKeycloaksOwnByAHigherOrder(String service) {
        assertThat(Services.factories().get(service)).isNotEmpty().allMatch(factory -> factory.order() > 0);
    }

    @Test
    void replacesKeycloaksOpenIdConnectByAHigherOrderThanItsOwn() {
        assertThat(Services.factories().get("org.keycloak.protocol.LoginProtocolFactory"))
                .isNotEmpty()
                .allMatch(factory -> factory.order() > new OIDCLoginProtocolFactory().order());
    }

    /** Keycloak asks the exchange of the highest order first; its own for identity assertions, once there, has 30. */
    @Test
    void issuesAssertionsBeforeTheStandardExchangeAndAfterKeycloaksOwnIssuer() {
        assertThat(Services.factories().get("org.keycloak.protocol.oidc.TokenExchangeProviderFactory"))
                .singleElement()
                .satisfies(factory -> assertThat(factory.order())
                        .isGreaterThan(new StandardTokenExchangeProviderFactory().order())
                        .isLessThan(30));
    }

    private static Map<String, Set<String>> ids() {
        return Services.factories().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().stream()
                                .map(ProviderFactory::getId)
                                .collect(Collectors.toSet())));
    }

    private static void assertProvides(Class<?> provider, Class<?> service) {
        assertThat(service).as("service of %s", provider).isAssignableFrom(provider);
        assertThat(Modifier.isPublic(provider.getModifiers()))
                .as("%s is public", provider)
                .isTrue();
    }
}
