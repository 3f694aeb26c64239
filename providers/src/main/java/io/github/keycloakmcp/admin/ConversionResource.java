package io.github.keycloakmcp.admin;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakmcp.admin.setup.RealmSetUp;
import io.github.keycloakmcp.admin.setup.ServerConversion;
import io.github.keycloakmcp.admin.setup.SetUpDocumentReader;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.admin.OperationType;
import org.keycloak.util.JsonSerialization;

/** {@code …/mcp/servers/conversion}: a client for each server on the list of {@code mcp:tools}, and back. */
@Produces(MediaType.APPLICATION_JSON)
public final class ConversionResource {

    private final AdminContext admin;

    ConversionResource(AdminContext admin) {
        this.admin = admin;
    }

    /**
     * Converts a page of the list.
     *
     * @param after {@code next} of the answer before; absent for the first page
     * @param max servers of the page, {@value ServerConversion#PAGE} at most
     */
    @POST
    public Response convert(
            @QueryParam("dryRun") @Nullable String dry,
            @QueryParam("after") @Nullable String after,
            @QueryParam("max") @Nullable Integer max) {
        admin.mayManage();
        return new RealmChange(admin).make(own -> {
            RealmSetUp setUp = new RealmSetUp(own.session(), own.realm());
            if (!setUp.isEnabled()) {
                return ServerDeclaration.notEnabled();
            }
            List<String> listed = setUp.document().list(SetUpDocumentReader.SERVERS);
            return make(
                    own,
                    OperationType.CREATE,
                    DryRun.isMeant(dry),
                    conversion -> conversion.convert(listed, start(after), size(max)));
        });
    }

    /** Takes back a page of the clients that the conversion made, also where the realm is no longer enabled. */
    @DELETE
    public Response back(
            @QueryParam("dryRun") @Nullable String dry,
            @QueryParam("after") @Nullable String after,
            @QueryParam("max") @Nullable Integer max) {
        admin.mayManage();
        return new RealmChange(admin)
                .make(own -> make(
                        own,
                        OperationType.DELETE,
                        DryRun.isMeant(dry),
                        conversion -> conversion.back(start(after), size(max))));
    }

    private static Response make(
            AdminContext own, OperationType operation, boolean dry, Function<ServerConversion, String> page) {
        ServerConversion conversion = new ServerConversion(own.session(), own.realm(), dry);
        String next = page.apply(conversion);
        ObjectNode answer = JsonSerialization.mapper.createObjectNode().put("dryRun", dry);
        answer.putArray("changes").addAll(conversion.changes());
        ArrayNode kept = answer.putArray("kept");
        for (ServerConversion.Kept one : conversion.kept()) {
            one.because().forEach(kept.addObject().put("uri", one.uri()).putArray("because")::add);
        }
        if (!next.isEmpty()) {
            answer.put("next", next);
        }
        if (!dry && !conversion.changes().isEmpty()) {
            // Databases limit the length of what an event can say.
            own.did(operation, Map.of("clients", conversion.changes().size()), "mcp", "servers", "conversion");
        }
        return JsonResponses.ok(answer);
    }

    private static String start(@Nullable String after) {
        return after == null ? "" : after;
    }

    private static int size(@Nullable Integer max) {
        return max == null ? ServerConversion.PAGE : Math.max(1, Math.min(max, ServerConversion.PAGE));
    }
}
