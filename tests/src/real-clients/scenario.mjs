import { inTurn, required, run } from './arguments.mjs';
import { Connection } from './flow.mjs';
import { Browser } from './login.mjs';
import { Chooser } from './chooser.mjs';

/**
 * The main job with one SDK: a client program uses every given MCP server in one browser session, then refreshes at
 * each, then tries each token where it does not belong, and refreshes at each once more.
 *
 * Options: `--server` (once per MCP server), `--redirect-uri`, `--username`, `--scope` (the host program asks for these
 * scopes instead of leaving the choice to the SDK), `--one-registration` (the client registers only once and goes to
 * all servers under that one identity), `--step-up` (see {@link stepUp}), `--document` (the URL of the program's metadata document). The password comes
 * as MCP_PASSWORD.
 *
 * @param {string} name of the SDK, with its version
 * @param {import('./flow.mjs').Sdk} sdk
 */
export function mainJob(name, sdk) {
    const options = {
        server: { type: 'string', multiple: true },
        'redirect-uri': { type: 'string' },
        scope: { type: 'string' },
        document: { type: 'string' },
        'one-registration': { type: 'boolean', default: false },
        'step-up': { type: 'boolean', default: false },
    };
    return run(options, async ({ user, server, scope, document, ...more }) => {
        const { 'redirect-uri': redirectUri, 'one-registration': once } = more;
        required(redirectUri, '--redirect-uri');
        if (more['step-up']) {
            return { client: name, ...(await stepUp(sdk, user, { server: server[0], redirectUri })) };
        }
        const browser = new Browser(user);
        const connections = [];
        const servers = [];
        for (const url of required(server, '--server')) {
            const client = once ? connections[0]?.client : undefined;
            const connection = new Connection(sdk, browser, { server: url, redirectUri, scope, client, document });
            servers.push(await connection.firstUse());
            connections.push(connection);
        }
        for (const [index, connection] of connections.entries()) {
            servers[index].refresh = await connection.useAfterExpiry();
        }
        for (const [index, connection] of connections.entries()) {
            const others = connections.filter((other) => other !== connection);
            const { accessToken } = connection;
            servers[index].elsewhere = await inTurn(others, (other) => other.presentForeignToken(accessToken));
            servers[index].refreshElsewhere = await inTurn(others, (other) => connection.refreshFor(other.server));
        }
        for (const [index, connection] of connections.entries()) {
            servers[index].refreshAgain = await connection.refreshFor(connection.server);
        }
        return { client: name, node: process.version, servers };
    });
}

/** A tool at once, one that needs a further scope, denied and then allowed in Chromium, and a refresh that keeps both scopes. */
async function stepUp(sdk, user, options) {
    const chooser = await Chooser.open(user);
    try {
        const connection = new Connection(sdk, chooser, options);
        const first = await connection.firstUse();
        chooser.denies = true;
        const denied = await connection.stepUp(sdk.refreshesInPlaceOfAsking);
        const afterDenial = await connection.useAfterExpiry();
        chooser.denies = false;
        const allowed = await connection.stepUp(sdk.refreshesInPlaceOfAsking);
        const refresh = await connection.useAfterExpiry();
        return { first, denied, afterDenial, allowed, again: await connection.stepUp(false), refresh };
    } finally {
        await chooser.close();
    }
}
