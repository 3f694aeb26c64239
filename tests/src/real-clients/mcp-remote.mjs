import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { required, run } from './arguments.mjs';
import { journey } from './journey.mjs';
import { Browser } from './login.mjs';
import { accessTokenClaims, whoami } from './mcp.mjs';

/**
 * mcp-remote, which lends its OAuth to hosts that only know local servers: it is started as a host starts it, speaks MCP
 * on its standard input and output, and asks the user to visit an address. The scripted user visits it.
 *
 * Options: `--server` (once per MCP server), `--username`; the password as MCP_PASSWORD.
 */
const home = fileURLToPath(new URL('./node_modules/mcp-remote/', import.meta.url));
const { version } = createRequire(import.meta.url)(path.join(home, 'package.json'));

/** One mcp-remote process for one MCP server, and the host that talks to it. */
class RunningProxy {
    #client = new Client({ name: 'keycloak-mcp-tests', version: '1.0.0' });
    #folder;
    #browser;
    #authorizations = [];

    constructor(url, folder, browser) {
        this.url = url;
        this.#folder = folder;
        this.#browser = browser;
    }

    async firstUse() {
        await this.#start();
        const answer = await whoami(this.#client);
        const token = { claims: accessTokenClaims(await this.accessToken()) };
        return { server: this.url, authorization: this.#authorizations.at(-1), token, whoami: answer };
    }

    /** The access token in mcp-remote's own file has become unusable, as if it had expired. */
    async useAfterExpiry() {
        const before = this.#authorizations.length;
        await writeFile(await this.#tokenFile(), JSON.stringify({ ...(await this.#tokens()), access_token: 'expired' }));
        const answer = await whoami(this.#client);
        const token = { claims: accessTokenClaims(await this.accessToken()) };
        return { timesUserWasAsked: this.#authorizations.length - before, token, whoami: answer };
    }

    async accessToken() {
        return (await this.#tokens()).access_token;
    }

    async #tokens() {
        return JSON.parse(await readFile(await this.#tokenFile(), 'utf8'));
    }

    async close() {
        await this.#client.close();
    }

    /** Its path of programs is empty, so that it finds no browser to open and leaves the address to the user. */
    async #start() {
        await mkdir(this.#folder);
        const transport = new StdioClientTransport({
            command: process.execPath,
            args: [path.join(home, 'dist/proxy.js'), this.url],
            env: { HOME: this.#folder, PATH: this.#folder, MCP_REMOTE_CONFIG_DIR: this.#folder },
            stderr: 'pipe',
        });
        const said = [];
        const asked = new Promise((resolve, reject) => {
            createInterface({ input: transport.stderr }).on('line', (line) => {
                said.push(line);
                if (said.at(-2)?.startsWith('Please authorize this client by visiting')) {
                    this.#authorize(new URL(line)).then(resolve, reject);
                }
            });
        });
        const connected = this.#client.connect(transport);
        await Promise.race([connected, asked.then(() => connected)]).catch((error) => {
            throw new Error(`${this.url}: ${error.message}; mcp-remote said: ${said.join(' | ').slice(-2000)}`);
        });
    }

    async #authorize(url) {
        const { callback, authorization } = await this.#browser.consent(url, url.searchParams.get('redirect_uri'));
        this.#authorizations.push(authorization);
        const delivered = await fetch(callback);
        await delivered.body?.cancel();
    }

    async #tokenFile() {
        const files = await readdir(this.#folder, { recursive: true });
        const [file] = files.filter((name) => name.endsWith('_tokens.json'));
        return path.join(this.#folder, required(file, 'the file with the tokens'));
    }
}

await run({ server: { type: 'string', multiple: true } }, async ({ user, server }) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'mcp-remote-'));
    const browser = new Browser(user);
    const urls = required(server, '--server');
    const proxies = urls.map((url, index) => new RunningProxy(url, path.join(folder, `${index}`), browser));
    try {
        const servers = await journey(proxies);
        return { client: `mcp-remote ${version}`, node: process.version, servers };
    } finally {
        await Promise.all(proxies.map((proxy) => proxy.close()));
        await rm(folder, { recursive: true, force: true });
    }
});
