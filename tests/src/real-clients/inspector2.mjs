import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { mainJob } from './inspector.mjs';

/** MCP Inspector 2: its pages decide and show, its own small server passes the requests on. */
let accessToken;

await mainJob('@modelcontextprotocol/inspector', {
    program: async (folder, servers, port) => {
        const launcher = './node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js';
        const config = path.join(folder, 'servers.json');
        const entries = servers.map((url) => [nameOf(url), { type: 'streamable-http', url }]);
        await writeFile(config, JSON.stringify({ mcpServers: Object.fromEntries(entries) }));
        return {
            args: [fileURLToPath(new URL(launcher, import.meta.url)), '--web', '--config', config],
            env: {
                CLIENT_PORT: port,
                MCP_SANDBOX_PORT: '0',
                MCP_APP_ORIGIN_PORT: '0',
                MCP_STORAGE_DIR: folder,
                MCP_INSPECTOR_SECRET_STORE: 'memory',
                MCP_AUTO_OPEN_ENABLED: 'false',
                DANGEROUSLY_OMIT_AUTH: 'true',
            },
        };
    },
    open: async (page, address) => {
        page.on('response', async (response) => (accessToken = (await tokensIn(response))?.access_token ?? accessToken));
        await page.goto(address);
    },
    connect: toggle,
    connected: (page) => page.getByText('Connected', { exact: true }),
    whoami: async (page) => {
        await page.getByText('Tools', { exact: true }).first().click();
        await page.getByRole('button', { name: 'whoami' }).click();
        await page.getByRole('button', { name: 'Execute Tool' }).click();
        const result = page.getByText('"preferred_username"').first().locator('xpath=ancestor::*[contains(., "}")][1]');
        return JSON.parse(/\{[^]*\}/.exec(await result.innerText())[0]);
    },
    accessToken: async () => accessToken,
    expire: async (page, server) => {
        await leave(page, server);
        await page.route(
            '**/api/mcp/connect',
            (route) => {
                const body = route.request().postDataJSON();
                body.authState.oauthTokens.access_token = 'expired';
                return route.continue({ postData: JSON.stringify(body) });
            },
            { times: 1 },
        );
        await toggle(page, server);
    },
    disconnect: leave,
    add: async (page) => {
        await page.getByText('Tools', { exact: true }).first().click();
        await page.getByRole('button', { name: 'add' }).first().click();
        await page.getByLabel(/^a( \*)?$/).fill('2');
        await page.getByLabel(/^b( \*)?$/).fill('3');
        await page.getByRole('button', { name: 'Execute Tool' }).click();
    },
    authorize: (page) => page.getByRole('button', { name: 'Authorize', exact: true }),
    sum: (page) => page.getByText('5', { exact: true }).first(),
});

/** Back to the list of servers, and off. */
async function leave(page, server) {
    await page.getByText('Servers', { exact: true }).first().click();
    await toggle(page, server);
    await page.getByText('Connected', { exact: true }).waitFor({ state: 'hidden' });
}

/** Turns the server's switch, which is hidden under its picture. */
function toggle(page, server) {
    return page.getByRole('switch', { name: nameOf(server) }).dispatchEvent('click');
}

function nameOf(url) {
    return `server at ${new URL(url).host}`;
}

/** The tokens in what the Inspector's server brought the page from a token endpoint. */
async function tokensIn(response) {
    const asked = response.url().endsWith('/api/fetch') && response.request().postData()?.includes('grant_type=');
    return asked ? JSON.parse((await response.json()).body) : undefined;
}
