// Makes of the board and of what a real server has published a test for promtool: each query of each panel finds data. Fails if a rule, its
// test or the board names a metric or a label that the server does not publish.
import { readFileSync } from "node:fs";

const folder = new URL("../docker/monitoring/", import.meta.url);
const read = (name) => readFileSync(new URL(name, folder), "utf8");
const board = JSON.parse(read("board.json"));

/** The series of the server, and the labels of each metric. */
const series = [];
const labels = new Map();
for (const [, name, inside, value] of read("scrape.txt").matchAll(/^(keycloak_mcp_\w+)\{(.*)\} (\S+)$/gm)) {
    series.push({ series: `${name}{${inside}}`, values: `0 ${value}+0x120` });
    const known = labels.get(name) ?? new Set(["instance", "job"]);
    for (const [, label] of inside.matchAll(/(\w+)="/g)) known.add(label);
    labels.set(name, known);
}

const wrong = [];
const check = (where, text) => {
    for (const [, name, inside] of text.matchAll(/(keycloak_mcp_\w+)(?:\{([^}]*)\})?/g)) {
        const known = labels.get(name);
        if (!known) wrong.push(`${where}: a server publishes no ${name}`);
        for (const [, label] of (inside ?? "").matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"/g)) {
            if (known && !known.has(label)) wrong.push(`${where}: ${name} has no label ${label}`);
        }
    }
};

const ranges = { $__rate_interval: "5m", $__interval: "1m", $realm: ".*" };
const tests = [];
for (const panel of board.panels) {
    for (const target of panel.targets ?? []) {
        check(`board, ${panel.title}`, target.expr);
        const expr = Object.entries(ranges).reduce((text, [name, value]) => text.replaceAll(name, value), target.expr);
        if (expr.includes("$")) wrong.push(`board, ${panel.title}: unknown variable in ${target.expr}`);
        tests.push({
            expr: `count(${expr}) > bool 0`,
            eval_time: "3m",
            exp_samples: [{ labels: "{}", value: 1 }],
        });
    }
}
if (tests.length === 0) wrong.push("the board has no query");
for (const variable of board.templating.list) check(`board, variable ${variable.name}`, JSON.stringify(variable.query));
check("alerts.yaml", read("alerts.yaml"));
check("alerts.test.yaml", read("alerts.test.yaml"));

if (wrong.length > 0) {
    console.error([...new Set(wrong)].join("\n"));
    process.exit(1);
}
console.log(JSON.stringify({ tests: [{ name: "board", interval: "1m", input_series: series, promql_expr_test: tests }] }, null, 2));
