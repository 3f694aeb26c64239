import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { required, run } from './arguments.mjs';
import { journey } from './journey.mjs';
import { Browser } from './login.mjs';
import { accessTokenClaims } from './mcp.mjs';

/**
 * mcp-cli, a program for a terminal: it opens the user's browser, and lets the user pick a tool.
 *
 * Options: `--server` (once per MCP server), `--username`; the password as MCP_PASSWORD.
 */
const home = fileURLToPath(new URL('./node_modules/@wong2/mcp-cli/', import.meta.url));
const { version } = createRequire(import.meta.url)(path.join(home, 'package.json'));

/** The browser that the program starts: it only notes the address, which the scripted user then visits. */
const BROWSER = '#!/bin/sh\nprintf "%s\\n" "$1" >>"$HOME/visited"\n';

/** A user at a terminal with one MCP server. */
class Terminal {
    #folder;
    #browser;
    #authorizations = [];

    constructor(url, browser) {
        this.url = url;
        this.#browser = browser;
    }

    async firstUse() {
        this.#folder = await mkdtemp(path.join(tmpdir(), 'mcp-cli-'));
        await writeFile(path.join(this.#folder, 'browser'), BROWSER, { mode: 0o700 });
        const whoami = await this.#whoami();
        const token = { claims: accessTokenClaims(await this.accessToken()) };
        return { server: this.url, authorization: this.#authorizations.at(-1), token, whoami };
    }

    /** The access token in mcp-cli's own file has become unusable, as if it had expired. */
    async useAfterExpiry() {
        const before = this.#authorizations.length;
        const config = await this.#config();
        this.#tokensIn(config).access_token = 'expired';
        await writeFile(this.#file(), JSON.stringify(config));
        const whoami = await this.#whoami();
        const token = { claims: accessTokenClaims(await this.accessToken()) };
        return { timesUserWasAsked: this.#authorizations.length - before, token, whoami };
    }

    async accessToken() {
        return this.#tokensIn(await this.#config()).access_token;
    }

    async close() {
        if (this.#folder) {
            await rm(this.#folder, { recursive: true, force: true });
        }
    }

    /** Starts the program, logs in if it asks, picks the tool, and reads what it prints. */
    async #whoami() {
        const child = spawn(process.execPath, [path.join(home, 'src/cli.js'), '--url', this.url], {
            env: { HOME: this.#folder, PATH: process.env.PATH, BROWSER: path.join(this.#folder, 'browser'), NO_COLOR: '1' },
            stdio: ['pipe', 'pipe', 'pipe'],
        });
        let said = '';
        let ended = false;
        child.stdout.on('data', (data) => (said += data));
        child.stderr.on('data', (data) => (said += data));
        child.once('exit', () => (ended = true));
        try {
            const until = async (found) => {
                for (let tries = 0; tries < 600; tries++) {
                    const result = await found(stripVTControlCharacters(said));
                    if (result) {
                        return result;
                    }
                    if (ended) {
                        break;
                    }
                    await pause(100);
                }
                throw new Error(`mcp-cli did not go on; it printed: ${stripVTControlCharacters(said).slice(-2000)}`);
            };
            await until(async (text) => (await this.#visit()) || text.includes('Pick a primitive'));
            await until((text) => text.includes('Pick a primitive'));
            child.stdin.write('tool(whoami)');
            await pause(500);
            child.stdin.write('\r');
            return JSON.parse(await until(printed));
        } finally {
            child.kill();
        }
    }

    /** Visits the address that the program opened, if it did. */
    async #visit() {
        const visited = path.join(this.#folder, 'visited');
        const address = (await readFile(visited, 'utf8').catch(() => '')).trim();
        if (address === '') {
            return false;
        }
        await rm(visited);
        const url = new URL(address);
        const { callback, authorization } = await this.#browser.consent(url, url.searchParams.get('redirect_uri'));
        this.#authorizations.push(authorization);
        const delivered = await fetch(callback);
        await delivered.body?.cancel();
        return true;
    }

    async #config() {
        return JSON.parse(await readFile(this.#file(), 'utf8'));
    }

    #tokensIn(config) {
        const [entry] = Object.values(config.oauth);
        return required(entry.tokens, "mcp-cli's tokens");
    }

    #file() {
        return path.join(this.#folder, '.config/mcp-cli-nodejs/config.json');
    }
}

/** The text of a tool's result, as Node.js prints objects: in one or more quoted pieces. */
function printed(text) {
    const [, quoted] = /text: ('(?:[^'\\]|\\.)*'(?:\s*\+\s*'(?:[^'\\]|\\.)*')*)/.exec(text) ?? [];
    return quoted
        ?.split(/'\s*\+\s*'/)
        .join('')
        .slice(1, -1)
        .replaceAll('\\n', '\n');
}

await run({ server: { type: 'string', multiple: true } }, async ({ user, server }) => {
    const browser = new Browser(user);
    const terminals = required(server, '--server').map((url) => new Terminal(url, browser));
    try {
        const servers = await journey(terminals);
        return { client: `@wong2/mcp-cli ${version}`, node: process.version, servers };
    } finally {
        await Promise.all(terminals.map((terminal) => terminal.close()));
    }
});
