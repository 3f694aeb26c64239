package io.github.keycloakmcp.tests.integration.admin;

import io.github.keycloakmcp.tests.server.McpRealm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A class whose tests share one realm that was not made for MCP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InStockRealm {

    McpRealm realm;

    @BeforeAll
    void makeStockRealm(McpRealm neighbour) {
        realm = StockRealm.create(neighbour.server(), neighbour.name() + "-stock");
    }

    @AfterAll
    void removeStockRealm() {
        realm.close();
    }
}
