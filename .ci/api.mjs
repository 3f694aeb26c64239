// What others rely on: provider ids, settings, refusal codes, log numbers, metrics and Admin REST paths, compared with the last
// release. Removing one breaks realm files, scripts and alerts, so it fails; additions are listed.
//   node .ci/api.mjs            compares with .ci/api.txt
//   node .ci/api.mjs --write    records, when a release is made
import { readFileSync, writeFileSync } from "node:fs";

const read = (path) => readFileSync(path, "utf8");
const all = (text, pattern) => [...text.matchAll(pattern)].map((match) => match[1]);

function* api() {
    for (const section of read("docs/configuration.md").split(/^## /m).slice(1)) {
        const provider = section.match(/^`([^`]+)`/)?.[1];
        if (!provider) continue;
        yield `provider ${provider}`;
        for (const setting of all(section, /^\| `([^`]+)` \|/gm)) yield `setting ${provider} ${setting}`;
    }
    for (const code of all(read("docs/refusals.md"), /^#{2,4} `?([a-z][a-z0-9-]*-[a-z0-9-]+)`?$/gm)) yield `refusal ${code}`;
    const operations = read("docs/operations.md");
    for (const number of all(operations, /^\| (KCMCP-\d{4}) \|/gm)) yield `log ${number}`;
    for (const metric of all(operations, /`(keycloak_mcp_[a-z_]+)`/g)) yield `metric ${metric}`;
    for (const path of all(read("docs/admin-api.yaml"), /^ {2}(\/[^:]*):$/gm)) yield `path ${path}`;
}

const now = [...new Set(api())].sort();
const recorded = ".ci/api.txt";
if (process.argv[2] === "--write") {
    writeFileSync(recorded, now.join("\n") + "\n");
    console.log(`${now.length} names recorded`);
    process.exit();
}
const before = read(recorded).trim().split("\n");
const removed = before.filter((name) => !now.includes(name));
const added = now.filter((name) => !before.includes(name));
for (const name of removed) console.log(`removed: ${name}`);
for (const name of added) console.log(`added: ${name}`);
console.log(`${now.length} names, ${added.length} added, ${removed.length} removed since the last release`);
process.exit(removed.length > 0 ? 1 : 0);
