// The parts of .ci/release that are more than a command.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import * as zlib from "node:zlib";

const [, , what, ...arguments_] = process.argv;

/** The section of a version in CHANGELOG.md; in a dry run before the version has one, that of the next release. */
function notes(version, unreleased) {
    const sections = readFileSync("CHANGELOG.md", "utf8").split(/^## /m).slice(1);
    const find = (name) => sections.find((section) => section.split(/\s/, 1)[0].replace(/[[\]]/g, "") === name);
    const section = find(version) ?? (unreleased ? find("Unreleased") : undefined);
    if (!section?.includes("\n- ")) fail(`CHANGELOG.md has no entries for ${version}`);
    const body = section.slice(section.indexOf("\n")).trim();
    process.stdout.write(
        `# Keycloak MCP ${version}\n\nRuns on the Keycloak versions in docs/compatibility.md of this tag. ` +
            "README.md says how to verify the downloads.\n\n" +
            `${body.replace(/\]\(docs\//g, `](https://github.com/keycloakmcp/keycloak-mcp/blob/v${version}/docs/`)}\n`,
    );
}

const one = (xml, tag) => xml.match(new RegExp(`<${tag}>[\\s\\S]*?</${tag}>`))?.[0] ?? fail(`pom.xml has no <${tag}>`);

/** The POM that is published: no parent and no dependencies, because the jar needs neither. */
function pom(version, source) {
    const parent = readFileSync(join(source, "pom.xml"), "utf8");
    const own = readFileSync(join(source, "providers/pom.xml"), "utf8");
    const project = (xml) => xml.replace(/<(dependencies|build|profiles|modules|properties|parent)>[\s\S]*<\/\1>/g, "");
    process.stdout.write(`<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://maven.apache.org/POM/4.0.0 http://maven.apache.org/xsd/maven-4.0.0.xsd">
  <modelVersion>4.0.0</modelVersion>
  <groupId>io.github.keycloakmcp</groupId>
  <artifactId>keycloak-mcp</artifactId>
  <version>${version}</version>
  <name>Keycloak MCP</name>
  ${one(project(own), "description")}
  ${parent.match(/^ {2}<url>.*<\/url>$/m)[0].trim()}
  ${one(parent, "licenses")}
  ${one(parent, "developers")}
  ${one(parent, "scm")}
</project>
`);
}

function* files(folder) {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) yield* files(path);
        else yield path;
    }
}

/** A zip with fixed times, so that the same files give the same bytes. */
function zip(folder, target) {
    const parts = [];
    const directory = [];
    let offset = 0;
    for (const path of files(folder)) {
        const name = Buffer.from(relative(folder, path));
        const data = readFileSync(path);
        const packed = zlib.deflateRawSync(data, { level: 9 });
        const head = Buffer.alloc(26);
        [20, 0x0800, 8, 0, 0x21].forEach((value, i) => head.writeUInt16LE(value, i * 2));
        head.writeUInt32LE(checksum(data), 10);
        head.writeUInt32LE(packed.length, 14);
        head.writeUInt32LE(data.length, 18);
        head.writeUInt16LE(name.length, 22);
        const where = Buffer.alloc(14);
        where.writeUInt32LE(offset, 10);
        directory.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), head, where, name);
        const local = [Buffer.from("PK\x03\x04", "latin1"), head, name, packed];
        parts.push(...local);
        offset += local.reduce((sum, part) => sum + part.length, 0);
    }
    const end = Buffer.alloc(22);
    end.write("PK\x05\x06", "latin1");
    const count = directory.length / 4;
    const size = directory.reduce((sum, part) => sum + part.length, 0);
    end.writeUInt16LE(count, 8);
    end.writeUInt16LE(count, 10);
    end.writeUInt32LE(size, 12);
    end.writeUInt32LE(offset, 16);
    writeFileSync(target, Buffer.concat([...parts, ...directory, end]));
    execFileSync("jar", ["--list", "--file", target]); // readable by another program
}

function checksum(data) {
    if (zlib.crc32) return zlib.crc32(data);
    let crc = -1;
    for (const byte of data) {
        crc ^= byte;
        for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
    }
    return (crc ^ -1) >>> 0;
}

/** What the portal of Maven Central demands of a bundle: https://central.sonatype.org/publish/requirements/ */
function validate(version, folder) {
    const base = join(folder, "io/github/keycloakmcp/keycloak-mcp", version, `keycloak-mcp-${version}`);
    if (version.endsWith("-SNAPSHOT")) fail("a snapshot cannot be released");
    for (const suffix of [".jar", "-sources.jar", "-javadoc.jar", ".pom"]) {
        const file = base + suffix;
        const data = readFileSync(file);
        for (const sum of ["md5", "sha1", "sha256", "sha512"]) {
            if (readFileSync(`${file}.${sum}`, "utf8") !== createHash(sum).update(data).digest("hex")) fail(`${file}.${sum} is wrong`);
        }
        execFileSync("gpg", ["--batch", "--quiet", "--verify", `${file}.asc`, file], { stdio: ["ignore", "ignore", "pipe"] });
    }
    const entries = (suffix) => execFileSync("jar", ["--list", "--file", base + suffix], { encoding: "utf8" });
    if (!entries("-sources.jar").includes("io/github/keycloakmcp/platform/SupportedServer.java")) fail("no sources");
    if (!entries("-javadoc.jar").includes("index.html")) fail("no javadoc");
    if (/\.java\n|(^|\n)META-INF\/maven/.test(entries(".jar"))) fail("the jar has files of the build");
    const published = readFileSync(`${base}.pom`, "utf8");
    for (const tag of ["name", "description", "url", "licenses", "developers", "scm", "connection", "developerConnection"]) one(published, tag);
    if (!published.includes(`<version>${version}</version>`) || /SNAPSHOT|<parent>|\$\{/.test(published)) fail("the POM is not that of a release");
    const unsigned = [...files(folder)].filter((file) => !/\.(asc|md5|sha\d+)$/.test(file) && !existsSync(`${file}.asc`));
    if (unsigned.length > 0) fail(`not signed: ${unsigned}`);
    console.log(`the bundle is complete: ${[...files(folder)].length} files`);
}

function fail(text) {
    console.error(text);
    process.exit(1);
}

({ notes, pom, zip, validate })[what](...arguments_);
