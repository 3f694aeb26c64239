import { withoutSecrets } from './arguments.mjs';
import { accessTokenClaims, add, whoami } from './mcp.mjs';
import { Provider } from './provider.mjs';
import { Trace } from './trace.mjs';

/**
 * The part of an MCP TypeScript SDK that the flow needs; both major versions have it under the same names.
 *
 * @typedef {{Client: Function, StreamableHTTPClientTransport: Function, UnauthorizedError: Function, auth: Function,
 *     refreshAuthorization: Function, answer: (parameters: URLSearchParams) => object,
 *     finish: (transport: object, parameters: URLSearchParams) => Promise<void>}} Sdk
 */

/** One MCP client program and one MCP server it uses, through the user's consent to tool calls and refreshes. */
export class Connection {
    #sdk;
    #server;
    #scope;
    #provider;

    /**
     * @param {Sdk} sdk the SDK under test
     * @param {import('./login.mjs').Browser} browser the user's browser session
     * @param {{server: string, redirectUri: string, scope?: string, client?: object, document?: string}} options
     *     `scope`: what the host program asks for by itself; `client`: an earlier registration to reuse; `document`:
     *     the URL of the program's metadata document
     */
    constructor(sdk, browser, { server, redirectUri, scope, client, document }) {
        this.#sdk = sdk;
        this.#server = server;
        this.#scope = scope;
        const metadata = {
            client_name: 'TypeScript SDK',
            redirect_uris: [redirectUri],
            grant_types: ['authorization_code', 'refresh_token'],
            response_types: ['code'],
            token_endpoint_auth_method: 'none',
        };
        this.#provider = new Provider(browser, metadata, client, document);
    }

    get server() {
        return this.#server;
    }

    get client() {
        return this.#provider.clientInformation();
    }

    get accessToken() {
        return this.#provider.tokens().access_token;
    }

    /** From the first 401 to the answer of `whoami`. */
    firstUse() {
        return this.#traced(async (trace) => {
            await (this.#scope ? this.#askFor(this.#scope, trace) : this.#letSdkAsk(trace));
            const whoami = await this.#whoami(trace);
            const request = trace.registrationRequest;
            return {
                server: this.#server,
                registration: request ? { request, response: withoutSecrets(this.client) } : undefined,
                authorization: this.#provider.authorizations.at(-1),
                token: this.#tokenFacts(),
                whoami,
            };
        });
    }

    /** The access token has become unusable: the SDK must help itself with the refresh token, unseen by the user. */
    useAfterExpiry() {
        return this.#traced(async (trace) => {
            const before = this.#provider.authorizations.length;
            this.#provider.expireAccessToken();
            const whoami = await this.#whoami(trace);
            const timesUserWasAsked = this.#provider.authorizations.length - before;
            return { timesUserWasAsked, token: this.#tokenFacts(), whoami };
        });
    }

    /**
     * Calls a tool that needs a further scope. Where the token lacks it, the user is asked and allows it, or denies it.
     *
     * @param {boolean} hide the program hides its refresh token meanwhile: an SDK that sees it refreshes in place of asking
     */
    stepUp(hide) {
        return this.#traced(async (trace) => {
            const before = this.#provider.authorizations.length;
            const asked = () => this.#provider.authorizations.slice(before);
            const transport = this.#transport(trace);
            this.#provider.hidesRefreshToken = hide;
            let refusal;
            const sum = await this.#call(transport, add).catch(async (error) => {
                if (asked().length === 0) {
                    throw error;
                }
                refusal = this.#provider.answer.get('error') ?? undefined;
                if (refusal) {
                    return undefined;
                }
                await this.#sdk.finish(transport, this.#provider.answer);
                return this.#call(this.#transport(trace), add);
            });
            this.#provider.hidesRefreshToken = false;
            return { asked: asked(), sum, refusal, token: this.#tokenFacts() };
        });
    }

    /** Refreshes with a `resource` of the program's choice; the answer is the new token's claims or an OAuth error. */
    refreshFor(resource) {
        return this.#traced(async (trace) => {
            const { authorizationServerUrl, authorizationServerMetadata } = this.#provider.discoveryState();
            try {
                const tokens = await this.#sdk.refreshAuthorization(authorizationServerUrl, {
                    metadata: authorizationServerMetadata,
                    clientInformation: this.client,
                    refreshToken: this.#provider.tokens().refresh_token,
                    resource: new URL(resource),
                    fetchFn: trace.fetch,
                });
                this.#provider.saveTokens({ ...this.#provider.tokens(), ...tokens });
                return { resource, claims: accessTokenClaims(tokens.access_token) };
            } catch (error) {
                return { resource, error: trace.tokenError ?? fail(error.message) };
            }
        });
    }

    /** What this connection's server answers to a token that was issued for another one. */
    presentForeignToken(accessToken) {
        return this.#traced(async (trace) => {
            const requestInit = { headers: { authorization: `Bearer ${accessToken}` } };
            return { server: this.#server, accepted: await this.#isLetIn(trace, { requestInit }) };
        });
    }

    /** The host program leaves everything to the SDK, as most do. */
    async #letSdkAsk(trace) {
        const transport = this.#transport(trace);
        try {
            await this.#callWhoami(transport);
        } catch (error) {
            if (!(error instanceof this.#sdk.UnauthorizedError)) {
                throw error;
            }
            trace.steps.push('user');
            return this.#sdk.finish(transport, this.#provider.answer);
        }
        fail('the server let a client in that has no token');
    }

    /** The host program decides on the scopes by itself. */
    async #askFor(scope, trace) {
        if (await this.#isLetIn(trace, {})) {
            fail('the server let a client in that has no token');
        }
        const options = { serverUrl: this.#server, scope, fetchFn: trace.fetch };
        if ((await this.#sdk.auth(this.#provider, options)) !== 'REDIRECT') {
            fail('the client did not ask the user');
        }
        trace.steps.push('user');
        await this.#sdk.auth(this.#provider, { ...options, ...this.#sdk.answer(this.#provider.answer) });
    }

    async #isLetIn(trace, options) {
        const all = { ...options, fetch: trace.fetch };
        try {
            await this.#callWhoami(new this.#sdk.StreamableHTTPClientTransport(new URL(this.#server), all));
            return true;
        } catch (error) {
            return /^mcp 40[13]$/.test(trace.steps.at(-1)) ? false : fail(error.message);
        }
    }

    async #traced(action) {
        const trace = new Trace(this.#server);
        try {
            return { trace: trace.steps, ...(await action(trace)) };
        } catch (error) {
            const soFar = trace.steps.join(', ') || 'nothing';
            throw new Error(`${this.#server}: ${error.message}; exchanged so far: ${soFar}`, { cause: error });
        }
    }

    #transport(trace) {
        const options = { authProvider: this.#provider, fetch: trace.fetch };
        return new this.#sdk.StreamableHTTPClientTransport(new URL(this.#server), options);
    }

    #whoami(trace) {
        return this.#callWhoami(this.#transport(trace));
    }

    #callWhoami(transport) {
        return this.#call(transport, whoami);
    }

    async #call(transport, tool) {
        const client = new this.#sdk.Client({ name: 'keycloak-mcp-tests', version: '1.0.0' });
        try {
            await client.connect(transport);
            return await tool(client);
        } finally {
            await client.close();
        }
    }

    #tokenFacts() {
        const { access_token, scope, token_type, expires_in, refresh_token } = this.#provider.tokens();
        const refreshable = refresh_token !== undefined;
        return { claims: accessTokenClaims(access_token), scope, token_type, expires_in, refreshable };
    }
}

function fail(message) {
    throw new Error(message);
}
