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

            Every setting of every provider, as the admin console shows it. In a realm file a list may also be written as
            one text: host names, schemes, scopes and origins are separated by white space or commas, URIs by white space,
            and both by `##`. The default applies where a setting is absent.
            """;

    /** Where the admin console shows what, and what a realm file calls it; by service. */
    private static final Map<String, String> PLACES = Map.ofEntries(
            Map.entry(
                    "ClientCleanUpFactory",
                    "Clean-up of unused clients. Always on, once in a cluster. Server options: "
                            + "`spi-mcp-clean-up--unused-clients--interval`, the seconds between two runs (3600; 0 for none), and "
                            + "`spi-mcp-clean-up--unused-clients--time-limit`, the seconds after which a run stops, to go on the "
                            + "next time (300). What it does in a realm is set on the registration policy."),
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
                    "Admin page at `/realms/{realm}/mcp-admin/`, in realms where an administrator has switched it on with "
                            + "`PUT …/mcp/page`."),
            Map.entry(
                    "AdminRealmResourceProviderFactory",
                    "Admin REST resource at `/admin/realms/{realm}/mcp`. Always on; [admin-api.yaml](admin-api.yaml) "
                            + "describes it."),
            Map.entry(
                    "TokenPostProcessorFactory",
                    "Token post-processor. Always on, for every token whose scopes open an MCP server."),
            Map.entry(
                    "LoginProtocolFactory",
                    "OpenID Connect. Always on, in place of Keycloak's own and with all of its options: it adds the MCP "
                            + "server of a token to the events that Keycloak records."),
            Map.entry(
                    "ClientRegistrationProviderFactory",
                    "Client registration endpoint. Always on, in place of Keycloak's own, for every realm with the "
                            + "registration policy or the client guard above; other realms keep Keycloak's behaviour."),
            Map.entry(
                    "CorsFactory",
                    "Preflight answers (CORS). Always on, in place of Keycloak's own: MCP clients in a browser may send the "
                            + "header fields of MCP to every endpoint. The server option "
                            + "`spi-cors--default--allowed-headers` still adds others."),
            Map.entry(
                    "WellKnownProviderFactory",
                    "Metadata document. Always on, in place of Keycloak's own, for every realm that uses the extension "
                            + "([discovery.md](discovery.md)); other realms keep Keycloak's words."),
            Map.entry(
                    "RequiredActionFactory",
                    "Required action. Admin console: *Authentication → Required actions*. Realm file: `providerId` below "
                            + "`requiredActions`. It has to be registered and enabled, and is never set on a user."),
            Map.entry(
                    "EventListenerProviderFactory",
                    "Event listener. Always on, also in realms that store no events and list no listeners."));

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
            text.append("\n| Setting | Label | Default | What it decides |\n| --- | --- | --- | --- |\n");
            properties().forEach(property -> text.append(row(property)));
            return text.toString();
        }

        private String place() {
            String place = PLACES.get(service.substring(service.lastIndexOf('.') + 1));
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
