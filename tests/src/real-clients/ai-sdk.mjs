import { createRequire } from 'node:module';
import { auth, createMCPClient, UnauthorizedError } from '@ai-sdk/mcp';
import { inTurn, required, run } from './arguments.mjs';
import { Browser } from './login.mjs';
import { accessTokenClaims, isLetIn } from './mcp.mjs';
import { Provider } from './provider.mjs';

/**
 * The MCP client of the AI SDK: from the first 401 to a tool call at each server, then a refresh, then each token where it
 * does not belong. No model takes part.
 *
 * Options: `--server` (once per MCP server), `--redirect-uri`, `--username`; the password as MCP_PASSWORD.
 */
const { version } = createRequire(import.meta.url)('./node_modules/@ai-sdk/mcp/package.json');

/** One program and one MCP server. */
class Connection {
    #provider;

    constructor(browser, server, redirectUri) {
        this.server = server;
        this.#provider = new Provider(browser, {
            client_name: 'AI SDK',
            redirect_uris: [redirectUri],
            grant_types: ['authorization_code', 'refresh_token'],
            response_types: ['code'],
            token_endpoint_auth_method: 'none',
        });
    }

    get accessToken() {
        return this.#provider.tokens().access_token;
    }

    async firstUse() {
        await this.#connect().then(
            () => {
                throw new Error(`${this.server} lets in without a token`);
            },
            (error) => {
                if (!(error instanceof UnauthorizedError)) {
                    throw error;
                }
            },
        );
        const answer = this.#provider.answer;
        await auth(this.#provider, {
            serverUrl: this.server,
            authorizationCode: answer.get('code'),
            callbackState: answer.get('state'),
        });
        const whoami = await this.#whoami();
        return {
            server: this.server,
            authorization: this.#provider.authorizations.at(-1),
            token: { claims: accessTokenClaims(this.accessToken) },
            whoami,
        };
    }

    async useAfterExpiry() {
        const before = this.#provider.authorizations.length;
        this.#provider.expireAccessToken();
        const whoami = await this.#whoami();
        const timesUserWasAsked = this.#provider.authorizations.length - before;
        return { timesUserWasAsked, token: { claims: accessTokenClaims(this.accessToken) }, whoami };
    }

    #connect() {
        return createMCPClient({ transport: { type: 'http', url: this.server, authProvider: this.#provider } });
    }

    async #whoami() {
        const client = await this.#connect();
        try {
            const tools = await client.tools();
            const result = await tools.whoami.execute({}, { toolCallId: 'whoami', messages: [] });
            return JSON.parse(result.content[0].text);
        } finally {
            await client.close();
        }
    }
}

await run(
    { server: { type: 'string', multiple: true }, 'redirect-uri': { type: 'string' } },
    async ({ user, server, 'redirect-uri': redirectUri }) => {
        const browser = new Browser(user);
        const connections = required(server, '--server').map(
            (url) => new Connection(browser, url, required(redirectUri, '--redirect-uri')),
        );
        const servers = await inTurn(connections, (connection) => connection.firstUse());
        for (const [index, connection] of connections.entries()) {
            servers[index].refresh = await connection.useAfterExpiry();
            const others = connections.filter((other) => other !== connection);
            servers[index].elsewhere = await inTurn(others, async (other) => ({
                server: other.server,
                accepted: await isLetIn(other.server, connection.accessToken),
            }));
        }
        return { client: `@ai-sdk/mcp ${version}`, node: process.version, servers };
    },
);
