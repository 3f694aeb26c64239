import {
  createMcpExpressApp, getOAuthProtectedResourceMetadataUrl, mcpAuthMetadataRouter, requireBearerAuth
} from '@modelcontextprotocol/express'
import { toNodeHandler } from '@modelcontextprotocol/node'
import {
  type AuthInfo, createMcpHandler, McpServer, OAuthError, OAuthErrorCode, requireScopes
} from '@modelcontextprotocol/server'
import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import * as z from 'zod'

const issuer = process.env.ISSUER ?? 'http://localhost:8080/realms/mcp'
const resource = new URL(process.env.RESOURCE ?? 'http://localhost:3010/mcp')
const READ = 'calendar:read'
const WRITE = 'calendar:write'

// Keycloak's metadata (RFC 8414): where the keys are, and what old clients look for on this server.
const { origin, pathname } = new URL(issuer)
const metadata = await (await fetch(`${origin}/.well-known/oauth-authorization-server${pathname}`)).json()
const keys = createRemoteJWKSet(new URL(metadata.jwks_uri))

async function verifyAccessToken(token: string): Promise<AuthInfo> {
  try {
    // Signature, issuer, expiry, and that the token is for this server and no other.
    const { payload } = await jwtVerify(token, keys, {
      issuer, audience: resource.href, requiredClaims: ['exp', 'sub'], algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA']
    })
    // ID and refresh tokens of Keycloak have another typ.
    if (payload.typ !== 'Bearer') throw new errors.JWTInvalid('not an access token')
    return {
      token,
      clientId: String(payload.azp),
      scopes: String(payload.scope ?? '').split(' '),
      expiresAt: payload.exp,
      resource,
      extra: { userId: payload.sub, roles: (payload.realm_access as { roles?: string[] })?.roles ?? [] }
    }
  } catch (error) {
    // Keys that cannot be read are not the client's fault: 500, so that it does not log in again.
    if (!(error instanceof errors.JOSEError) || ['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT'].includes(error.code)) throw error
    throw new OAuthError(OAuthErrorCode.InvalidToken, 'the token is not valid for this server')
  }
}

const text = (value: unknown) => ({ content: [{ type: 'text' as const, text: JSON.stringify(value) }] })
const events: Record<string, string[]> = {}

function calendar() {
  const server = new McpServer({ name: 'calendar', version: '1.0.0' })
  server.registerTool('list_events', { description: 'Lists your events', scopeChallenge: requireScopes(READ) }, async ctx =>
    text(events[user(ctx).userId] ?? []))
  server.registerTool(
    'add_event',
    { description: 'Adds an event', inputSchema: z.object({ title: z.string() }), scopeChallenge: requireScopes(READ, WRITE) },
    async ({ title }, ctx) => text((events[user(ctx).userId] ??= []).push(title)))
  server.registerTool('whoami', { description: 'Shows who you are', scopeChallenge: requireScopes(READ) }, async ctx =>
    text(user(ctx)))
  return server
}

const user = (ctx: { http?: { authInfo?: AuthInfo } }) =>
  ctx.http!.authInfo!.extra as { userId: string, roles: string[] }

const app = createMcpExpressApp()
app.use(mcpAuthMetadataRouter({
  oauthMetadata: metadata, resourceServerUrl: resource, resourceName: 'Calendar', scopesSupported: [READ, WRITE]
}))
app.all(
  resource.pathname,
  requireBearerAuth({
    verifier: { verifyAccessToken },
    expectedResource: resource,
    requiredScopes: [READ],
    resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(resource)
  }),
  (req, res) => void toNodeHandler(createMcpHandler(calendar))(req, res, req.body))
app.listen(Number(resource.port), '127.0.0.1', () => console.log(`ready ${resource}`))
