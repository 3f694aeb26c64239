package io.github.keycloakmcp.admin;

import java.util.Optional;

import io.github.keycloakmcp.admin.page.AdminPageClient;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.ClientModel;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.ClientManager;
import org.keycloak.services.managers.RealmManager;
import org.keycloak.urls.UrlType;
import org.keycloak.util.JsonSerialization;

/** {@code …/mcp/page}: whether the realm has the admin page; switching it on and off. */
@Produces(MediaType.APPLICATION_JSON)
public final class PageSwitchResource {

    private final AdminContext admin;

    PageSwitchResource(AdminContext admin) {
        this.admin = admin;
    }

    @GET
    public Response state() {
        admin.mayView();
        return answer();
    }

    /** Makes the page's client; the page is at the address that the answer tells. */
    @PUT
    public Response on() {
        admin.mayManage();
        return new RealmChange(admin).make(own -> new PageSwitchResource(own).switchOn());
    }

    private Response switchOn() {
        Optional<ClientModel> client = AdminPageClient.find(admin.realm());
        if (client.isPresent()) {
            AdminPageClient.renew(admin.session(), admin.realm(), client.get());
        } else if (admin.realm().getClientByClientId(AdminPageClient.ID) == null) {
            AdminPageClient.create(admin.session(), admin.realm());
            admin.did(OperationType.CREATE, AdminPageClient.ID, "mcp", "page");
        } else {
            return JsonResponses.error(
                    Response.Status.CONFLICT,
                    "the client id " + AdminPageClient.ID + " is taken by a client that is not the admin page's");
        }
        return answer();
    }

    /** Removes the client, and with it the page. */
    @DELETE
    public Response off() {
        admin.mayManage();
        return new RealmChange(admin).make(own -> new PageSwitchResource(own).switchOff());
    }

    private Response switchOff() {
        AdminPageClient.find(admin.realm()).ifPresent(client -> {
            new ClientManager(new RealmManager(admin.session())).removeClient(admin.realm(), client);
            admin.did(OperationType.DELETE, AdminPageClient.ID, "mcp", "page");
        });
        return answer();
    }

    private Response answer() {
        String issuer = Urls.realmIssuer(
                admin.session().getContext().getUri(UrlType.FRONTEND).getBaseUri(),
                admin.realm().getName());
        return JsonResponses.ok(JsonSerialization.mapper
                .createObjectNode()
                .put("enabled", AdminPageClient.isOn(admin.realm()))
                .put("url", issuer + "/mcp-admin/"));
    }
}
