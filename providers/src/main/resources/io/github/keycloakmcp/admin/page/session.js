// Login of the administrator, and calls of Admin REST. The token stays in memory, so closing the page ends its access.

const CLIENT = 'mcp-admin-page'
const LOGIN = 'mcp-login'
const INPUTS = 'mcp-inputs'
const page = new URL('.', location.href)
const oidc = new URL('../protocol/openid-connect/', page)
let token

/** What the server says before a login: realm, language, texts, addresses. */
export const settings = await (await fetch('settings.json')).json()

/** The text of a key, with values for {0}, {1}. */
export const text = (key, ...values) =>
  (settings.texts[key] ?? key).replace(/\{(\d)\}/g, (_, number) => values[number] ?? '')

/** The login has expired, or none was accepted. The way out is to sign in again. */
export class SignedOut extends Error {}

const base64url = bytes =>
  btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)))

/** Goes to Keycloak's login page. What was filled in on this page is there again afterwards. */
export async function signIn() {
  if (!crypto.subtle) throw new Error(text('needsHttps'))
  const verifier = random()
  const state = random()
  sessionStorage.setItem(LOGIN, JSON.stringify({ verifier, state }))
  const inputs = [...document.querySelectorAll('#parts [name]')]
  if (inputs.length) sessionStorage.setItem(INPUTS, JSON.stringify(inputs.map(({ name, value, checked }) => ({ name, value, checked }))))
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  location.assign(new URL('auth?' + new URLSearchParams({
    client_id: CLIENT, redirect_uri: page.href, response_type: 'code', scope: 'openid', state,
    code_challenge: base64url(new Uint8Array(digest)), code_challenge_method: 'S256',
  }), oidc))
}

/** Whether this tab has logged in. A code from elsewhere in the address is not redeemed. */
export async function signedIn() {
  const query = new URLSearchParams(location.search)
  const login = JSON.parse(sessionStorage.getItem(LOGIN) ?? '{}')
  if (!query.has('state')) return false
  sessionStorage.removeItem(LOGIN)
  history.replaceState(null, '', page)
  if (!login.state || query.get('state') !== login.state) throw new SignedOut(text('foreignLogin'))
  if (query.has('error')) throw new SignedOut(query.get('error_description') ?? query.get('error'))
  const answer = await fetch(new URL('token', oidc), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code', client_id: CLIENT, code: query.get('code'), redirect_uri: page.href,
      code_verifier: login.verifier,
    }),
  })
  if (!answer.ok) throw new SignedOut(text('loginFailed'))
  token = (await answer.json()).access_token
  return true
}

/** Fills in what was filled in before the login. */
export function restoreInputs() {
  for (const { name, value, checked } of JSON.parse(sessionStorage.getItem(INPUTS) ?? '[]')) {
    const input = document.querySelector(`#parts [name="${name}"]`)
    if (input) Object.assign(input, input.type === 'checkbox' ? { checked } : { value })
  }
  sessionStorage.removeItem(INPUTS)
}

/** Calls Admin REST. Parameters without a value are left out. */
export async function call(path, { method = 'GET', query = {}, body } = {}) {
  const parameters = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '' && value !== undefined))
  const answer = await fetch(`${settings.api}${path}?${parameters}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) },
    body: body && JSON.stringify(body),
  }).catch(() => { throw new SignedOut(text('unreachable', new URL(settings.api).host)) })
  if (answer.status === 401) throw new SignedOut(text('expired'))
  if (answer.status === 403) throw new Error(text('forbidden'))
  const json = await answer.json().catch(() => ({}))
  if (!answer.ok) throw new Error(json.errorMessage ?? json.error_description ?? json.error ?? text('failed', answer.status))
  return json
}

/** What the administrator may see and change: everything, or the servers of teams. */
export const access = { view: false, manage: false, teams: [] }

/** Asks for it; nothing is offered that would be refused. */
export const readAccess = async () => Object.assign(access, await call('/access'))
