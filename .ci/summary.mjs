// The ten slowest test classes and the closing line of .ci/run, from the reports. A test that was skipped although this
// machine could have run it is a failure: what never runs proves nothing.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { execSync } from "node:child_process";

const has = (command) => {
    try {
        execSync(`PATH=$PATH:/usr/sbin command -v ${command}`, { shell: "/bin/sh", stdio: "ignore" });
        return true;
    } catch {
        return false;
    }
};
const hasPostgres = () => {
    try {
        return readdirSync("/usr/lib/postgresql").length > 0;
    } catch {
        return false;
    }
};

// Why a test may be skipped; true where it may.
const mayBeSkipped = {
    AdminPageIT: (test) => test.startsWith("itIsPhotographed"), // makes the pictures of the documentation, when asked
    AuthorPagesIT: (test) => (test.startsWith("springAi") || test.startsWith("quarkus")) && !has("mvn"),
    ConfigCliIT: () => true, // needs a build of keycloak-config-cli that Maven Central does not have
    GrowthIT: () => true, // a measurement, runs when asked
    FullRealmGrowthIT: () => true, // likewise
    ServerObjectsGrowthIT: () => true, // likewise
    CachedClientsIT: () => true, // likewise
    SoakIT: () => true, // likewise
    ManyStaleClientsIT: () => true, // likewise
    UpgradeIT: () => true, // needs an old jar or an old distribution
    TerraformIT: () => !has("terraform"),
    ReverseProxyIT: (test) => !has("nginx") || !has("haproxy") || (/traefik|\[3\]/i.test(test) && !has("traefik")), // the third of them
    CleanUpClusterIT: () => !hasPostgres(),
    CountersIT: () => !hasPostgres(),
    RateIT: () => !hasPostgres(),
    ApprovalsOnTwoNodesIT: () => !hasPostgres(),
    ReplayOnTwoNodesIT: () => !hasPostgres(),
    TenThousandClientsIT: (test, folder) => !/^(postgres|mariadb)$/.test(folder), // the stage databases
    FewConnectionsIT: () => !hasPostgres(),
    RollOutIT: () => !hasPostgres(),
    BlueGreenIT: () => !hasPostgres(),
    WorkloadsIT: (test, folder) => folder.includes("26.6"), // Keycloak 26.6 asks for a client before the grant is asked
};

function* reports(folder) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (["node_modules", "servers", "src"].includes(entry.name) || entry.name.startsWith(".")) continue;
        if (entry.isDirectory()) yield* reports(path);
        else if (/target\/[^/]*-reports\/TEST-[^/]*\.xml$/.test(path)) yield path;
    }
}

const count = { passed: 0, failed: 0, skipped: 0 };
const classes = [];
const wrong = [];
for (const path of reports(".")) {
    const xml = readFileSync(path, "utf8");
    const folder = path.split("/").at(-2).replace(/-reports$/, "");
    const name = path.match(/TEST-(.*)\.xml$/)[1].split(".").at(-1);
    const seconds = Number(xml.match(/<testsuite [^>]*?\btime="([\d.,]+)"/)?.[1].replace(",", "") ?? 0);
    classes.push({ seconds, name: `${name} (${folder})` });
    for (const [, test] of xml.matchAll(/<testcase ([\s\S]*?)(?=<testcase |<\/testsuite>)/g)) {
        const skipped = /<skipped[ />]/.test(test);
        count[/<(failure|error)[ />]/.test(test) ? "failed" : skipped ? "skipped" : "passed"]++;
        const method = test.match(/name="([^"]*)"/)?.[1] ?? "";
        if (skipped && !mayBeSkipped[name]?.(method, folder)) wrong.push(`${name} (${folder}): ${method}`);
    }
}

console.log("slowest test classes:");
classes.sort((one, other) => other.seconds - one.seconds);
for (const { seconds, name } of classes.slice(0, 10)) console.log(`${seconds.toFixed(1).padStart(8)} s  ${name}`);
for (const test of wrong) console.log(`skipped, though this machine could run it: ${test}`);
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exit(wrong.length > 0 ? 1 : 0);
