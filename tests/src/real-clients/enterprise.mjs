import { createHash, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import {
    Client,
    CrossAppAccessProvider,
    discoverAndRequestJwtAuthGrant,
    StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { inTurn, required, run } from './arguments.mjs';
import { Browser } from './login.mjs';
import { accessTokenClaims, isLetIn, whoami } from './mcp.mjs';

/**
 * Enterprise-managed authorization with the official TypeScript SDK, major version 2: the user signs in at the company, once,
 * and the SDK brings the client to every MCP server.
 *
 * Options: `--server` (once per MCP server), `--company` (issuer of the company), `--issuer` (issuer of the MCP servers'
 * authorization server), `--username`; the password as MCP_PASSWORD.
 */
const { version } = createRequire(import.meta.url)('./node_modules/@modelcontextprotocol/client/package.json');
const redirectUri = 'http://127.0.0.1/callback';
const atCompany = { clientId: 'assistant', clientSecret: 'assistant-at-the-company' };
const atServers = { clientId: 'assistant-of-the-company', clientSecret: 'assistant-at-the-mcp-realm' };

/** OpenID Connect with the code flow, as any client program signs its user in. */
async function signIn(company, user) {
    const verifier = randomBytes(32).toString('base64url');
    const url = new URL(`${company}/protocol/openid-connect/auth`);
    url.search = new URLSearchParams({
        client_id: atCompany.clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: 'openid',
        state: randomBytes(8).toString('hex'),
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
    });
    const { callback, pages } = await new Browser(user).authorize(url, redirectUri);
    const response = await fetch(`${company}/protocol/openid-connect/token`, {
        method: 'POST',
        body: new URLSearchParams({
            grant_type: 'authorization_code',
            code: required(callback.searchParams.get('code') ?? undefined, 'code'),
            redirect_uri: redirectUri,
            code_verifier: verifier,
            client_id: atCompany.clientId,
            client_secret: atCompany.clientSecret,
        }),
    });
    const { id_token: idToken } = await response.json();
    return { idToken: required(idToken, 'ID token'), pages: pages.map(({ kind }) => kind) };
}

/** From the first 401 to a tool call, without the user. */
async function use(server, company, issuer, idToken) {
    const asked = [];
    const provider = new CrossAppAccessProvider({
        ...atServers,
        expectedIssuer: issuer,
        assertion: async ({ authorizationServerUrl, resourceUrl, scope, fetchFn }) => {
            asked.push({ audience: authorizationServerUrl, resource: resourceUrl });
            const options = { idpUrl: company, audience: authorizationServerUrl, resource: resourceUrl, idToken };
            return (await discoverAndRequestJwtAuthGrant({ ...options, ...atCompany, scope, fetchFn })).jwtAuthGrant;
        },
    });
    const client = new Client({ name: 'keycloak-mcp-tests', version: '1.0.0' });
    try {
        await client.connect(new StreamableHTTPClientTransport(new URL(server), { authProvider: provider }));
        const { access_token: token } = provider.tokens();
        return { server, asked, accessToken: token, token: { claims: accessTokenClaims(token) }, whoami: await whoami(client) };
    } finally {
        await client.close();
    }
}

const options = { server: { type: 'string', multiple: true }, company: { type: 'string' }, issuer: { type: 'string' } };
await run(options, async ({ user, server, company, issuer }) => {
    const { idToken, pages } = await signIn(required(company, '--company'), user);
    const used = await inTurn(required(server, '--server'), (url) => use(url, company, issuer, idToken));
    const servers = await inTurn(used, async ({ accessToken, ...story }) => {
        const others = server.filter((url) => url !== story.server);
        const elsewhere = await inTurn(others, async (url) => ({ server: url, accepted: await isLetIn(url, accessToken) }));
        return { ...story, elsewhere };
    });
    return { client: `@modelcontextprotocol/client ${version}`, node: process.version, pages, servers };
});
