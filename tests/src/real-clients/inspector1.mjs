import { fileURLToPath } from 'node:url';
import { mainJob } from './inspector.mjs';

/**
 * MCP Inspector 1 connected directly: everything, registration and token requests included, is sent by the browser.
 * After an expiry it asks the authorization server again, because its refresh request carries two content types.
 */
const program = new URL('./node_modules/@modelcontextprotocol/inspector-client/bin/client.js', import.meta.url);

await mainJob('@modelcontextprotocol/inspector-client', {
    program: async (folder, servers, port) => ({
        args: [fileURLToPath(program)],
        env: { CLIENT_PORT: port, MCP_AUTO_OPEN_ENABLED: 'false' },
    }),
    open: async (page, address) => {
        await page.addInitScript(() => localStorage.setItem('lastConnectionType', 'direct'));
        await page.goto(address);
    },
    connect: async (page, server) => {
        const address = new URL(page.url());
        address.search = new URLSearchParams({ transport: 'streamable-http', serverUrl: server }).toString();
        address.hash = '';
        await page.goto(address.href);
        await page.getByRole('button', { name: 'Connect', exact: true }).click();
    },
    connected: (page) => page.getByText('Connected', { exact: true }),
    whoami: async (page, server) => {
        await page.getByRole('tab', { name: 'Tools' }).click();
        await page.getByRole('button', { name: 'List Tools' }).click();
        await page.getByText('whoami', { exact: true }).first().click();
        const call = page.waitForResponse(
            (response) => response.url() === server && response.request().postData()?.includes('"tools/call"'),
        );
        await page.getByRole('button', { name: 'Run Tool' }).click();
        await page.getByText('Tool Result: Success').waitFor();
        const [, message] = /^data: ?(.*)$/m.exec(await (await call).text());
        return JSON.parse(JSON.parse(message).result.content[0].text);
    },
    accessToken: (page, server) =>
        page.evaluate((key) => JSON.parse(sessionStorage.getItem(key)).access_token, `[${server}] mcp_tokens`),
    disconnect: async () => {},
});
