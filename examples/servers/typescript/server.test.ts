import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'

const issuer = process.env.ISSUER ?? 'http://localhost:8080/realms/mcp'
const resource = process.env.RESOURCE ?? 'http://localhost:3010/mcp'

// Client credentials (RFC 6749 section 4.4) for one server (RFC 8707).
async function token(scope: string, server = resource) {
  const response = await fetch(`${issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials', client_id: 'calendar-test', client_secret: 'change-me', scope, resource: server
    })
  })
  const body = await response.json()
  assert.equal(response.status, 200, JSON.stringify(body))
  return body.access_token as string
}

const raw = (tool: string, token?: string) => fetch(resource, {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
    Accept: 'application/json, text/event-stream',
    ...(token ? { Authorization: `Bearer ${token}` } : {})
  },
  body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: tool, arguments: { title: 'Lunch' } } })
})

async function call(name: string, token: string, args = {}) {
  const client = new Client({ name: 'calendar-test', version: '1.0.0' })
  await client.connect(new StreamableHTTPClientTransport(new URL(resource), {
    requestInit: { headers: { Authorization: `Bearer ${token}` } }
  }))
  const result = await client.callTool({ name, arguments: args })
  await client.close()
  return JSON.parse((result.content as { text: string }[])[0].text)
}

test('without a token, the server says where to get one', async () => {
  const response = await raw('list_events')
  assert.equal(response.status, 401)
  const challenge = response.headers.get('WWW-Authenticate')!
  const url = challenge.match(/resource_metadata="([^"]+)"/)![1]
  const metadata = await (await fetch(url)).json()
  assert.equal(metadata.resource, resource)
  assert.deepEqual(metadata.authorization_servers, [issuer])
})

test('a token for another server is rejected', async () => {
  const response = await raw('list_events', await token('mcp:tools', 'http://localhost:3011/mcp'))
  assert.equal(response.status, 401)
  assert.match(response.headers.get('WWW-Authenticate')!, /invalid_token/)
})

test('a tool that needs another scope names it', async () => {
  const response = await raw('add_event', await token('calendar:read'))
  assert.equal(response.status, 403)
  const challenge = response.headers.get('WWW-Authenticate')!
  assert.match(challenge, /error="insufficient_scope"/)
  assert.match(challenge, /scope="calendar:read calendar:write"/)
})

test('with both scopes, both tools work', async () => {
  const both = await token('calendar:read calendar:write')
  await call('add_event', both, { title: 'Lunch' })
  assert.ok((await call('list_events', both)).includes('Lunch'))
})

test('the server knows the user and the roles', async () => {
  const { userId, roles } = await call('whoami', await token('calendar:read'))
  assert.match(userId, /^[0-9a-f-]{36}$/)
  assert.ok(roles.includes('calendar-editor'), roles)
})
