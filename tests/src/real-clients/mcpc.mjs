import { spawn } from 'node:child_process';
import { mkdtemp, open, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { required, run } from './arguments.mjs';
import { journey } from './journey.mjs';
import { Browser } from './login.mjs';
import { accessTokenClaims } from './mcp.mjs';

/**
 * mcpc, a command-line client: `login` asks the user to visit an address, `connect` starts a session in a process of its
 * own, and further commands use the session. For a refresh it looks for the token endpoint at the MCP server only, so that
 * its users log in again.
 *
 * Options: `--server` (once per MCP server), `--username`; the password as MCP_PASSWORD.
 */
const home = fileURLToPath(new URL('./node_modules/@apify/mcpc/', import.meta.url));
const { version } = createRequire(import.meta.url)(path.join(home, 'package.json'));

/** A user of the command line with one MCP server. */
class CommandLine {
    #folder;
    #browser;
    #session;
    #authorizations = [];

    constructor(url, session, folder, browser) {
        this.url = url;
        this.#session = session;
        this.#folder = folder;
        this.#browser = browser;
    }

    async firstUse() {
        await this.#command(['login', this.url], (line) => this.#follow(line));
        await this.#connect();
        return {
            server: this.url,
            authorization: this.#authorizations.at(-1),
            token: { claims: accessTokenClaims(await this.accessToken()) },
            whoami: await this.#whoami(),
        };
    }

    /** What mcpc keeps in a file of its own, where the system has no keychain. */
    async accessToken() {
        const all = JSON.parse(await readFile(path.join(this.#folder, 'credentials.json'), 'utf8'));
        const account = Object.keys(all).find((key) => key.includes(new URL(this.url).host) && key.endsWith(':tokens'));
        return JSON.parse(all[required(account, "mcpc's tokens")]).accessToken;
    }

    /** Ends the session's process. */
    async close() {
        await this.#command(['close', this.#session]);
    }

    /** mcpc gives the process of a session five seconds to start, which a busy computer may need longer for. */
    async #connect(tries = 5) {
        try {
            await this.#command(['connect', this.url, this.#session]);
        } catch (error) {
            if (tries === 1 || !error.message.includes('Bridge failed to start')) {
                throw error;
            }
            await this.#connect(tries - 1);
        }
    }

    async #whoami() {
        const result = await this.#command([this.#session, 'tools-call', 'whoami']);
        return JSON.parse(JSON.parse(result).content[0].text);
    }

    async #follow(line) {
        const [, address] = /^Authorization URL: (\S+)$/.exec(line) ?? [];
        if (address === undefined) {
            return;
        }
        const url = new URL(address);
        const { callback, authorization } = await this.#browser.consent(url, url.searchParams.get('redirect_uri'));
        this.#authorizations.push(authorization);
        const delivered = await fetch(callback);
        await delivered.body?.cancel();
    }

    /**
     * Its path of programs has Node.js only, so that it finds no browser to open and leaves the address to the user. While
     * it waits for one, its input stays open for an address that a user pastes; every other command reads its input to the
     * end, as a part of its arguments.
     */
    async #command(args, onLine) {
        const env = { HOME: this.#folder, PATH: this.#folder, MCPC_HOME_DIR: this.#folder };
        const output = path.join(this.#folder, 'output.json');
        const file = await open(output, 'w');
        const said = [];
        try {
            const child = spawn(process.execPath, [path.join(home, 'bin/mcpc'), '--json', ...args], {
                env,
                stdio: [onLine ? 'pipe' : 'ignore', file.fd, 'pipe'],
                timeout: 60_000,
            });
            const code = await new Promise((resolve, reject) => {
                createInterface({ input: child.stderr }).on('line', (line) => {
                    said.push(line);
                    onLine?.(line).catch(reject);
                });
                child.once('error', reject).once('exit', resolve); // the process of a session keeps the streams open
            });
            const result = await readFile(output, 'utf8');
            if (code !== 0) {
                throw new Error(`mcpc ${args.join(' ')} ended with ${code}: ${said.join(' | ')} ${result}`.slice(0, 2000));
            }
            return result;
        } finally {
            await file.close();
        }
    }
}

await run({ server: { type: 'string', multiple: true } }, async ({ user, server }) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'mcpc-'));
    await symlink(process.execPath, path.join(folder, 'node'));
    const browser = new Browser(user);
    const lines = required(server, '--server').map(
        (url, index) => new CommandLine(url, `@server${index}`, folder, browser),
    );
    try {
        const servers = await journey(lines);
        return { client: `@apify/mcpc ${version}`, node: process.version, servers };
    } finally {
        await Promise.allSettled(lines.map((line) => line.close()));
        await rm(folder, { recursive: true, force: true });
    }
});
