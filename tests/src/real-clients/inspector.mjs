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
 * }} Inspector
 */

/**
 * A person with Chromium connects MCP Inspector to each given MCP server, logs in, consents, and calls a tool.
 *
 * Options: `--server` (once per MCP server), `--port` (where the Inspector's pages are), `--username`; the password as
 * MCP_PASSWORD.
 *
 * @param {string} name of the npm package
 * @param {Inspector} inspector
 */
export function mainJob(name, inspector) {
    const { version } = createRequire(import.meta.url)(`./node_modules/${name}/package.json`);
    const options = { server: { type: 'string', multiple: true }, port: { type: 'string' } };
    return run(options, async ({ user, server, port }) => {
        const folder = await mkdtemp(path.join(tmpdir(), 'mcp-inspector-'));
        const { args, env } = await inspector.program(folder, required(server, '--server'), required(port, '--port'));
        const stop = await startServer(args, { ...process.env, HOME: folder, ...env }, /up and running/);
        const chromium = await Chromium.open(user);
        try {
            await inspector.open(chromium.page, `http://localhost:${port}/`);
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

async function token(inspector, page, server) {
    const accessToken = await inspector.accessToken(page, server);
    return { accessToken, token: { claims: accessTokenClaims(accessToken) } };
}
