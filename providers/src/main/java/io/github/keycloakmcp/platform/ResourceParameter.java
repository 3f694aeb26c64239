package io.github.keycloakmcp.platform;

import java.util.List;
import java.util.Map;

import org.keycloak.OAuth2Constants;

/** The parameter {@code resource} of a request (RFC 8707), which may occur several times. */
public final class ResourceParameter {

    private ResourceParameter() {}

    /** Its values in a form. One without a value counts as omitted (RFC 6749 section 3.2). */
    public static List<String> in(Map<String, List<String>> form) {
        List<String> values = form.get(OAuth2Constants.RESOURCE);
        if (values == null) {
            return List.of();
        }
        return values.size() == 1 && !values.get(0).isEmpty()
                ? List.of(values.get(0))
                : values.stream().filter(value -> !value.isEmpty()).toList();
    }
}
