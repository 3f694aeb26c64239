// The admin page of an MCP realm. Text from clients is inserted as text, never as markup. The token stays in memory, so
// closing the page ends its access.

const CLIENT = 'mcp-admin-page'
const here = new URL('.', location.href)
const [, prefix, realm] = here.pathname.match(/^(.*)\/realms\/([^/]+)\/mcp-admin\/$/)
const oidc = `${prefix}/realms/${realm}/protocol/openid-connect`
const api = `${prefix}/admin/realms/${realm}/mcp`
let token

const base64url = bytes =>
  btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)))

async function logIn() {
  const verifier = random()
  const state = random()
  sessionStorage.setItem('mcp-login', JSON.stringify({ verifier, state }))
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  location.assign(`${oidc}/auth?` + new URLSearchParams({
    client_id: CLIENT, redirect_uri: here.href, response_type: 'code', scope: 'openid', state,
    code_challenge: base64url(new Uint8Array(digest)), code_challenge_method: 'S256',
  }))
}

/** Redeems the code of this tab's own login. A code from elsewhere in the address is not redeemed. */
async function redeem(query) {
  const login = JSON.parse(sessionStorage.getItem('mcp-login') ?? '{}')
  sessionStorage.removeItem('mcp-login')
  history.replaceState(null, '', here)
  if (!login.state || query.get('state') !== login.state) throw new Error('This login did not start in this tab. Reload the page.')
  if (query.has('error')) throw new Error(query.get('error_description') ?? query.get('error'))
  const answer = await fetch(`${oidc}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code', client_id: CLIENT, code: query.get('code'), redirect_uri: here.href,
      code_verifier: login.verifier,
    }),
  })
  if (!answer.ok) throw new Error('Login failed. Reload the page.')
  token = (await answer.json()).access_token
}

async function call(path, method = 'GET', body) {
  const answer = await fetch(api + path, {
    method,
    headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) },
    body: body && JSON.stringify(body),
  })
  if (answer.status === 401) {
    await logIn()
    throw new Error('Your login has expired. Logging in again…')
  }
  if (answer.status === 403) throw new Error('You do not have permission. Reading needs view-realm and view-clients, '
    + 'changes need manage-realm and manage-clients.')
  const json = await answer.json().catch(() => ({}))
  if (!answer.ok) throw new Error(json.errorMessage ?? json.error_description ?? json.error ?? `Error ${answer.status}`)
  return json
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

function say(text) { document.getElementById('status').textContent = text }

/** Runs an action of the user, and shows the reason if it fails. */
async function attempt(action) {
  try {
    await action()
  } catch (error) {
    say(error.message)
  }
}

const button = (label, action, description = label) => element('button', {
  type: 'button', textContent: label, ariaLabel: description, onclick: () => attempt(action),
})
const form = (label, action, ...fields) => element('form', {
  onsubmit: event => { event.preventDefault(); attempt(action) },
}, ...fields, element('button', { textContent: label }))
const input = (name, placeholder = '') => element('input', { name, placeholder })
const labelled = (label, field) => element('label', {}, label, field)
const table = (heads, rows) => element('table', {},
  element('thead', {}, element('tr', {}, ...heads.map(head => element('th', { textContent: head })))),
  element('tbody', {}, ...rows))
const row = (...cells) => element('tr', {}, ...cells.map(cell => element('td', {}, ...[cell].flat())))
const nameOf = client => client.name || client.clientId
const time = seconds => (seconds ? new Date(seconds * 1000).toLocaleString() : '')

customElements.define('mcp-servers', class extends HTMLElement {
  async show() {
    const servers = await call('/servers')
    const uri = input('uri', 'https://tools.example.com/mcp')
    this.replaceChildren(
      element('h2', { textContent: `MCP servers (${servers.length})` }),
      table(['URI', 'Scope', ''], servers.map(server => row(server.uri, server.scope,
        button('Remove', () => this.change('DELETE', `?uri=${encodeURIComponent(server.uri)}`, null, server.uri),
          `Remove ${server.uri}`)))),
      form('Add', () => this.change('POST', '', { uri: uri.value }), labelled('URI of an MCP server', uri)))
  }

  async change(method, query, body, removed) {
    if (removed && !confirm(`Remove ${removed}? Refresh tokens for this server are rejected at once.`)) return
    await call(`/servers${query}`, method, body ?? undefined)
    say('')
    await this.show()
  }
})

customElements.define('mcp-clients', class extends HTMLElement {
  kind = element('select', {},
    ...['', 'dynamic', 'metadata-document', 'pre-registered'].map(kind => new Option(kind || 'all', kind)))
  text = input('search')
  vendor = input('vendor', 'claude.ai, cursor or loopback')

  async show(first = 0) {
    const query = new URLSearchParams({ first, kind: this.kind.value, search: this.text.value, vendor: this.vendor.value })
    const page = await call(`/clients?${query}`)
    this.replaceChildren(
      element('h2', { textContent: 'MCP clients' }),
      form('Filter', () => this.show(), labelled('Kind', this.kind), labelled('Name or client ID', this.text),
        labelled('Access goes to (host, scheme or loopback)', this.vendor)),
      table(['Client', 'Access goes to', 'Created', 'Last used', 'Sessions', ''], page.clients.map(client => row(
        [nameOf(client), element('small', { textContent: `${client.clientId} · ${client.kind}`
          + (client.verified ? ` · verified as ${client.verified}` : '') })],
        client.vendors.join(', '), time(client.created), time(client.lastUsed), String(client.sessions),
        client.kind === 'pre-registered' ? '' : button('Remove', () => this.remove(`/${client.id}`, nameOf(client)),
          `Remove ${nameOf(client)}`)))),
      ...(first ? [button('First page', () => this.show())] : []),
      ...(page.next ? [button('Next page', () => this.show(page.next))] : []),
      ...(this.vendor.value ? [button(`Remove all clients with access going to ${this.vendor.value}`, () =>
        this.remove(`?vendor=${encodeURIComponent(this.vendor.value)}`, `all clients with access going to ${this.vendor.value}`))]
        : []))
  }

  async remove(path, name) {
    if (!confirm(`Remove ${name}? Users have to log in again.`)) return
    const { removed } = await call(`/clients${path}`, 'DELETE')
    await this.show()
    say(`${removed.length} removed`)
  }
})

customElements.define('mcp-diagnosis', class extends HTMLElement {
  resource = input('resource', 'https://tools.example.com/mcp')
  client = input('client', 'vscode')

  async show() {
    const query = new URLSearchParams({ resource: this.resource.value, client: this.client.value })
    const diagnosis = await call(`/diagnosis?${query}`)
    this.replaceChildren(
      element('h2', { textContent: diagnosis.ok ? 'Diagnosis: no problem found' : 'Diagnosis: clients cannot connect' }),
      form('Diagnose', () => this.show(), labelled('MCP server (URI)', this.resource),
        labelled('Client (ID, or a known client)', this.client)),
      ...diagnosis.findings.map(finding => element('div', { className: `finding ${finding.severity}` },
        element('p', { textContent: finding.what }), element('p', {}, element('strong', { textContent: finding.fix })),
        element('small', { textContent: `${finding.severity}: ${finding.id}` }))),
      element('h2', { textContent: `Recent refusals (${diagnosis.refusals.length})` }),
      table(['Time', 'Client', 'Reason', 'Fix'], diagnosis.refusals.map(refusal => row(
        time(refusal.time / 1000), refusal.client ?? '', [refusal.error, element('small', { textContent: refusal.reason })],
        refusal.fix))))
  }
})

document.getElementById('realm').textContent = decodeURIComponent(realm)
await attempt(async () => {
  const query = new URLSearchParams(location.search)
  if (!query.has('state')) return logIn()
  await redeem(query)
  await Promise.all(['mcp-diagnosis', 'mcp-servers', 'mcp-clients'].map(name => document.querySelector(name).show()))
  document.querySelector('main').hidden = false
  say('')
})
