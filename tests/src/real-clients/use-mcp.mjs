import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { required, run } from './arguments.mjs';
import { Chromium } from './chromium.mjs';
import { journey } from './journey.mjs';
import { accessTokenClaims } from './mcp.mjs';

/**
 * use-mcp, the React hook, in a web application of its own: the browser sends everything, and the user logs in in a popup.
 *
 * Options: `--server` (once per MCP server), `--port` (where the application is), `--username`; the password as
 * MCP_PASSWORD.
 */
const { version } = createRequire(import.meta.url)('./node_modules/use-mcp/package.json');

/** The application: one page for the server in its address, and the page to which the popup returns. */
const APPLICATION = `
    import { createElement } from 'react';
    import { createRoot } from 'react-dom/client';
    import { onMcpAuthorization } from 'use-mcp';
    import { useMcp } from 'use-mcp/react';

    const url = new URLSearchParams(location.search).get('server');

    function Application() {
        const mcp = useMcp({ url, clientName: 'use-mcp application', autoReconnect: false, transportType: 'http' });
        window.callTool = mcp.callTool;
        return createElement('p', null, 'state: ' + mcp.state, mcp.error ? ', error: ' + mcp.error : '');
    }

    if (location.pathname === '/oauth/callback') {
        onMcpAuthorization();
    } else {
        createRoot(document.body.appendChild(document.createElement('main'))).render(createElement(Application));
    }
`;

/** A person with the application and one MCP server. */
class Visit {
    #chromium;
    #origin;

    constructor(url, origin, chromium) {
        this.url = url;
        this.#chromium = chromium;
        this.#origin = origin;
    }

    async firstUse() {
        const whoami = await this.#whoami();
        const token = { claims: accessTokenClaims(await this.accessToken()) };
        return { server: this.url, authorization: this.#chromium.authorizations.at(-1), token, whoami };
    }

    /** The access token in the browser's storage has become unusable, as if it had expired. */
    async useAfterExpiry() {
        const before = this.#chromium.authorizations.length;
        const { key, tokens } = await this.#stored();
        const expired = JSON.stringify({ ...tokens, access_token: 'expired' });
        await this.#chromium.page.evaluate(([name, value]) => localStorage.setItem(name, value), [key, expired]);
        const whoami = await this.#whoami();
        const timesUserWasAsked = this.#chromium.authorizations.length - before;
        return { timesUserWasAsked, token: { claims: accessTokenClaims(await this.accessToken()) }, whoami };
    }

    async accessToken() {
        return (await this.#stored()).tokens.access_token;
    }

    async #whoami() {
        const { page } = this.#chromium;
        const ready = page.getByText('state: ready');
        const opened = page.waitForEvent('popup').catch(() => undefined);
        await page.goto(`${this.#origin}/?${new URLSearchParams({ server: this.url })}`);
        const popup = await Promise.race([opened, ready.waitFor()]);
        if (popup) {
            await this.#logIn(popup);
            await ready.waitFor();
        }
        const result = await page.evaluate(() => window.callTool('whoami', {}));
        return JSON.parse(result.content[0].text);
    }

    /** The hook asks for authorization twice, in the same popup, which closes itself in the end. */
    async #logIn(popup) {
        await popup.waitForLoadState('networkidle');
        await this.#chromium.passKeycloak(popup.getByText('Authentication Error'), popup).catch((error) => {
            if (!popup.isClosed()) {
                throw error;
            }
        });
    }

    /** What the hook keeps for this server, by the order of use: the keys hold a short hash of the address only. */
    async #stored() {
        const entries = await this.#chromium.page.evaluate(() => Object.entries(localStorage));
        const [key, value] = required(
            entries.find(([name, text]) => name.endsWith('_tokens') && isFor(JSON.parse(text), this.url)),
            "use-mcp's tokens",
        );
        return { key, tokens: JSON.parse(value) };
    }
}

function isFor(tokens, url) {
    return [accessTokenClaims(tokens.access_token).aud].flat().includes(url);
}

/** The application on its port. */
async function serve(port) {
    const { outputFiles } = await build({
        stdin: { contents: APPLICATION, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
        bundle: true,
        define: { 'process.env.NODE_ENV': '"production"' },
        format: 'esm',
        write: false,
    });
    const server = createServer((request, response) => {
        const isScript = request.url === '/application.js';
        response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
        response.end(isScript ? outputFiles[0].text : '<body><script type="module" src="/application.js"></script>');
    });
    await new Promise((resolve, reject) => server.once('error', reject).listen(port, 'localhost', resolve));
    return server;
}

const options = { server: { type: 'string', multiple: true }, port: { type: 'string' } };
await run(options, async ({ user, server, port }) => {
    const application = await serve(Number(required(port, '--port')));
    const chromium = await Chromium.open(user);
    try {
        const origin = `http://localhost:${port}`;
        const servers = await journey(required(server, '--server').map((url) => new Visit(url, origin, chromium)));
        return { client: `use-mcp ${version}`, node: process.version, servers, blocked: chromium.blocked };
    } catch (error) {
        const page = await chromium.text();
        throw new Error(`${error.message}; on the page: ${page}; blocked: ${chromium.blocked}`, { cause: error });
    } finally {
        await chromium.close();
        application.close();
    }
});
