package io.github.keycloakmcp.tests.server;

/**
 * An administrator of the master realm.
 *
 * @param name the user name
 * @param password the password
 */
public record AdminUser(String name, String password) {}
