import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { requireBearerAuth as requireBearerAuth1 } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import { OAuthError, OAuthErrorCode, requireBearerAuth as requireBearerAuth2 } from '@modelcontextprotocol/server';
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import { inTurn, required, run } from './arguments.mjs';

/**
 * An MCP server's side of a token: jose reads the issuer's keys and verifies the signature, and the bearer helper of each major
 * version of the TypeScript SDK decides about the request.
 *
 * Options: `--issuer`, `--resource`, and `--token`, once per token.
 */
class Verifier {
    #keys;

    constructor(issuer, keys, refuse) {
        this.issuer = issuer;
        this.#keys = keys;
        this.refuse = refuse;
    }

    async verifyAccessToken(token) {
        try {
            const { payload } = await jwtVerify(token, this.#keys, { issuer: this.issuer });
            return {
                token,
                clientId: payload.azp,
                scopes: payload.scope.split(' '),
                expiresAt: payload.exp,
                resource: new URL([payload.aud].flat()[0]),
            };
        } catch (error) {
            throw this.refuse(error.code ?? error.message);
        }
    }
}

/** The status with which an Express application answers behind the helper of major version 1. */
async function statusOf1(options, authorization) {
    let status = 0;
    const response = { set: () => response, status: (code) => ((status = code), response), json: () => response };
    await requireBearerAuth1(options)({ headers: { authorization } }, response, () => (status = 200));
    return status;
}

/** The same for major version 2, whose helper reads a web-standard request. */
async function statusOf2(options, authorization) {
    const decided = await requireBearerAuth2(options)(
        new Request(options.expectedResource, { method: 'POST', headers: { authorization } }),
    );
    return decided instanceof Response ? decided.status : 200;
}

await run(
    { issuer: { type: 'string' }, resource: { type: 'string' }, token: { type: 'string', multiple: true } },
    async ({ issuer, resource, token }) => {
        const from = required(issuer, '--issuer');
        const metadata = await (await fetch(`${from}/.well-known/openid-configuration`)).json();
        const keys = createRemoteJWKSet(new URL(metadata.jwks_uri));
        const options = (refuse) => ({
            verifier: new Verifier(from, keys, refuse),
            requiredScopes: ['mcp:tools'],
            expectedResource: required(resource, '--resource'),
        });
        const first = options((reason) => new InvalidTokenError(reason));
        const second = options((reason) => new OAuthError(OAuthErrorCode.InvalidToken, reason));
        return {
            tokens: await inTurn(required(token, '--token'), async (each) => ({
                algorithm: decodeProtectedHeader(each).alg,
                sdk1: await statusOf1(first, `Bearer ${each}`),
                sdk2: await statusOf2(second, `Bearer ${each}`),
            })),
        };
    },
);
