package io.github.keycloakmcp.house;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.keycloak.provider.ConfiguredProvider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderFactory;

/**
 * Renders docs/configuration.md from the same settings that the admin console shows and the providers read, so that the
 * page cannot say anything else.
 */
final class ConfigurationPage {

    private static final String HEAD = """
            # Configuration

            <!-- Generated from the providers. Change a setting's help text in the code, then run:
                 ./mvnw -pl providers test -Dtest=DocumentationTest -Ddocs.write=true -->

            This page lists every setting of every provider, with its label in the admin console. In a realm file, a list can
            also be one text: separate host names, schemes, scopes and origins by white space or commas, URIs by white
            space, and both by `##`. The default applies if a setting is absent.
            """;

    /** Where the admin console shows what, and what a realm file calls it; by service. */
    private static final Map<String, String> PLACES = Map.ofEntries(
            Map.entry(
                    "resource-indicators",
                    "Token post-processor of Keycloak, where its experimental feature `resource-indicators` is on. Replaced, so "
                            + "that it leaves out tokens with an MCP scope; unchanged for all others."),
            Map.entry(
                    "ClientCleanUpFactory",
                    "Clean-up of unused clients. Always on, once per cluster. Server options: "
                            + "`spi-mcp-clean-up--unused-clients--interval`, seconds between two runs (3600; 0 for none), and "
                            + "`spi-mcp-clean-up--unused-clients--time-limit`, seconds after which a run stops and continues the "
                            + "next time (300). The registration policy has the settings for a realm."),
            Map.entry(
                    "ClientRegistrationPolicyFactory",
                    "Client registration policy. Admin console: *Clients → Client registration*. Realm file: `providerId` "
                            + "below `components`."),
            Map.entry(
                    "ProtocolMapper",
                    "Protocol mapper. Admin console: *Client scopes → a scope → Mappers*. Realm file: `protocolMapper` "
                            + "of a client scope."),
            Map.entry(
                    "ClientPolicyExecutorProviderFactory",
                    "Client policy executor. Admin console: *Realm settings → Client policies → Profiles*. Realm file: "
                            + "`executor` below `clientProfiles`."),
            Map.entry(
                    "ClientPolicyConditionProviderFactory",
                    "Client policy condition. Admin console: *Realm settings → Client policies → Policies*. Realm file: "
                            + "`condition` below `clientPolicies`."),
            Map.entry(
                    "RealmResourceProviderFactory",
                    "Admin page at `/realms/{realm}/mcp-admin/`, in realms where an administrator enabled it with `PUT "
                            + "…/mcp/page`."),
            Map.entry(
                    "AdminRealmResourceProviderFactory",
                    "Admin REST resource at `/admin/realms/{realm}/mcp`. Always on; [admin-api.yaml](admin-api.yaml) "
                            + "describes it."),
            Map.entry(
                    "ThemeResourceProviderFactory",
                    "Labels and help texts of the settings above in German, French, Spanish, Japanese and Simplified "
                            + "Chinese. Always on. The admin console shows them in the language of the administrator. "
                            + "The descriptions in the lists of providers and policies stay English, because the console "
                            + "does not translate them."),
            Map.entry(
                    "ServerCatalogueFactory",
                    "Catalogue of the declared MCP servers, used by other providers. Always on; requests for MCP servers "
                            + "are rejected where the server option `spi-mcp-server-catalogue--declared--enabled` is false."),
            Map.entry(
                    "TokenPostProcessorFactory", "Token post-processor. Always on, for every token with an MCP scope."),
            Map.entry(
                    "LoginProtocolFactory",
                    "Login protocol. Always on, replaces Keycloak's own and keeps all of its options. Adds the MCP server of "
                            + "a token to Keycloak's events. Issues no code to a user without the role that the MCP "
                            + "server requires."),
            Map.entry(
                    "ClientRegistrationProviderFactory",
                    "Client registration endpoint. Always on, replaces Keycloak's own in every realm with the registration "
                            + "policy or the executor `mcp-client-guard`. Other realms keep Keycloak's behaviour."),
            Map.entry(
                    "ClientAuthenticatorFactory",
                    "Client authenticator. Always on, replaces Keycloak's own. It loads the keys of a client with a metadata "
                            + "document again when the client signs with a new one."),
            Map.entry(
                    "federated-jwt",
                    "Client authenticator. Replaces Keycloak's own, where its feature `client-auth-federated` is on (the default). "
                            + "Also lets in workloads without a client id, if an administrator trusts them "
                            + "([agents.md](agents.md#without-a-client-id-draft), draft, off by default)."),
            Map.entry(
                    "OAuth2GrantTypeFactory",
                    "JWT authorization grant. Always on, replaces Keycloak's own. Judges assertions where the token would be for "
                            + "an MCP server ([enterprise.md](enterprise.md)), and leaves every other use as it is."),
            Map.entry(
                    "TokenExchangeProviderFactory",
                    "Token exchange for identity assertions. Always on, for clients with the attributes in "
                            + "[enterprise.md](enterprise.md#issue-assertions) and standard token exchange; every other exchange is "
                            + "Keycloak's."),
            Map.entry(
                    "CorsFactory",
                    "CORS preflight responses. Always on, replaces Keycloak's own. Browser clients may send MCP headers to "
                            + "every endpoint. The server option `spi-cors--default--allowed-headers` adds others."),
            Map.entry(
                    "WellKnownProviderFactory",
                    "Metadata document. Always on, replaces Keycloak's own in every realm with MCP "
                            + "([discovery.md](discovery.md)). Other realms keep Keycloak's document."),
            Map.entry(
                    "RequiredActionFactory",
                    "Required action. Admin console: *Authentication → Required actions*. Realm file: `providerId` below "
                            + "`requiredActions`. It must be registered and enabled, and is never set on a user."),
            Map.entry(
                    "EventListenerProviderFactory",
                    "Event listener. Always on, also in realms without stored events and without listeners."));

    private ConfigurationPage() {}

    /** The whole page, a section for each provider: those with settings first, by id. */
    static String render(Map<String, List<ProviderFactory<?>>> factories) {
        return factories.entrySet().stream()
                .flatMap(service -> service.getValue().stream().map(factory -> new Section(service.getKey(), factory)))
                .sorted(Comparator.comparing(Section::hasNoSettings).thenComparing(Section::id))
                .map(Section::render)
                .collect(Collectors.joining("\n", HEAD + "\n", ""));
    }

    private record Section(String service, ProviderFactory<?> factory) {

        String id() {
            return factory.getId();
        }

        boolean hasNoSettings() {
            return properties().isEmpty();
        }

        String render() {
            StringBuilder text = new StringBuilder("## `" + id() + "`\n\n" + place() + "\n");
            if (factory instanceof ConfiguredProvider configured) {
                text.append('\n').append(cell(configured.getHelpText())).append('\n');
            }
            if (hasNoSettings()) {
                return text.append("\nIt has no settings.\n").toString();
            }
            text.append("\n| Setting | Label | Default | Description |\n| --- | --- | --- | --- |\n");
            properties().forEach(property -> text.append(row(property)));
            return text.toString();
        }

        private String place() {
            String byService = PLACES.get(service.substring(service.lastIndexOf('.') + 1));
            String byId = PLACES.get(factory.getId());
            String place = byId == null ? byService : byId;
            if (place == null) {
                throw new AssertionError("ConfigurationPage does not say where to find a " + service);
            }
            return place;
        }

        private List<ProviderConfigProperty> properties() {
            return factory instanceof ConfiguredProvider configured ? configured.getConfigProperties() : List.of();
        }
    }

    private static String row(ProviderConfigProperty property) {
        return "| `" + property.getName() + "` | " + cell(property.getLabel()) + " | " + standard(property) + " | "
                + cell(property.getHelpText()) + " |\n";
    }

    private static String standard(ProviderConfigProperty property) {
        Object standard = property.getDefaultValue();
        String text = standard instanceof Collection<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(" "))
                : standard == null ? "" : standard.toString();
        return text.isEmpty() ? "empty" : "`" + text + "`";
    }

    /** Text for a table cell: what Markdown or HTML would act on is shown as it is. */
    private static String cell(String text) {
        return text.replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;").replace("[", "\\[");
    }
}
