import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inTurn, required, run } from './arguments.mjs';
import { Chromium } from './chromium.mjs';
import { accessTokenClaims, isLetIn } from './mcp.mjs';
import { startServer } from './processes.mjs';

/**
 * What differs between the major versions of MCP Inspector, as a person meets it.
 *
 * @typedef {{
 *     program: (folder: string, servers: string[], port: number) => Promise<{args: string[], env: object}>,
 *     open: (page: object, address: string) => Promise<void>,
 *     connect: (page: object, server: string) => Promise<void>,
 *     connected: (page: object) => object,
 *     whoami: (page: object, server: string) => Promise<object>,
 *     accessToken: (page: object, server: string) => Promise<string>,
 *     expire?: (page: object, server: string) => Promise<void>,
 *     disconnect: (page: object, server: string) => Promise<void>,
 *     add?: (page: object) => Promise<void>,
 *     authorize?: (page: object) => object,
 *     sum?: (page: object) => object,
 * }} Inspector
 */

/**
 * A person with Chromium connects MCP Inspector to each given MCP server, logs in, consents, and calls a tool.
 *
 * Options: `--server` (once per MCP server), `--port` (where the Inspector's pages are), `--username`, `--step-up` (at the first
 * server only, with a tool that needs a further scope); the password as MCP_PASSWORD.
 *
 * @param {string} name of the npm package
 * @param {Inspector} inspector
 */
export function mainJob(name, inspector) {
    const { version } = createRequire(import.meta.url)(`./node_modules/${name}/package.json`);
    const options = {
        server: { type: 'string', multiple: true },
        port: { type: 'string' },
        'step-up': { type: 'boolean', default: false },
    };
    return run(options, async ({ user, server, port, 'step-up': further }) => {
        const folder = await mkdtemp(path.join(tmpdir(), 'mcp-inspector-'));
        const { args, env } = await inspector.program(folder, required(server, '--server'), required(port, '--port'));
        const stop = await startServer(args, { ...process.env, HOME: folder, ...env }, /up and running/);
        const chromium = await Chromium.open(user);
        try {
            await inspector.open(chromium.page, `http://localhost:${port}/`);
            if (further) {
                return { client: `${name} ${version}`, ...(await stepUp(inspector, chromium, server[0])) };
            }
            const servers = await inTurn(server, (url) => use(inspector, chromium, url));
            for (const story of servers) {
                const others = server.filter((url) => url !== story.server);
                const tryAt = async (url) => ({ server: url, accepted: await isLetIn(url, story.accessToken) });
                story.elsewhere = await inTurn(others, tryAt);
                delete story.accessToken;
            }
            return { client: `${name} ${version}`, node: process.version, servers, blocked: chromium.blocked };
        } catch (error) {
            const page = await chromium.text();
            throw new Error(`${error.message}; on the page: ${page}; blocked: ${chromium.blocked}`, { cause: error });
        } finally {
            await chromium.close();
            await stop();
            await rm(folder, { recursive: true, force: true });
        }
    });
}

async function use(inspector, chromium, server) {
    const { page } = chromium;
    const connected = inspector.connected(page);
    await inspector.connect(page, server);
    await chromium.passKeycloak(connected);
    const authorization = chromium.authorizations.at(-1);
    const whoami = await inspector.whoami(page, server);
    const story = { server, authorization, ...(await token(inspector, page, server)), whoami };
    if (inspector.expire) {
        const before = chromium.authorizations.length;
        await inspector.expire(page, server);
        await chromium.passKeycloak(connected);
        story.refresh = {
            timesUserWasAsked: chromium.authorizations.length - before,
            whoami: await inspector.whoami(page, server),
            token: (await token(inspector, page, server)).token,
        };
    }
    await inspector.disconnect(page, server);
    return story;
}

/** A tool at once, and one that needs a further scope: the Inspector says so, the user allows it, and calls again. */
async function stepUp(inspector, chromium, server) {
    const { page } = chromium;
    await inspector.connect(page, server);
    await chromium.passKeycloak(inspector.connected(page));
    const first = { authorization: chromium.authorizations.at(-1), whoami: await inspector.whoami(page, server) };
    first.token = (await token(inspector, page, server)).token;
    const before = chromium.authorizations.length;
    await inspector.add(page);
    await inspector.authorize(page).click();
    await page.locator('input[name=password]').or(page.locator('[name=accept]')).first().waitFor();
    await chromium.passKeycloak(inspector.connected(page));
    await inspector.add(page);
    const sum = await inspector.sum(page).innerText();
    const asked = chromium.authorizations.slice(before);
    return { first, allowed: { asked, sum, token: (await token(inspector, page, server)).token } };
}

async function token(inspector, page, server) {
    const accessToken = await inspector.accessToken(page, server);
    return { accessToken, token: { claims: accessTokenClaims(accessToken) } };
}
