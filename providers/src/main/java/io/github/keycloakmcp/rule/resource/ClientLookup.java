package io.github.keycloakmcp.rule.resource;

/**
 * A client of the realm that a request concerns, to be looked up before anything is decided.
 *
 * @param resource the URI that the client has to declare
 * @param listed whether an administrator lists the server already and only its identity is looked up; then a client whose
 *     id is the URI counts as well
 */
public record ClientLookup(ResourceIndicator resource, boolean listed) {}
