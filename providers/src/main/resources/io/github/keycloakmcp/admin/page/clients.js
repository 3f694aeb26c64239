// The MCP clients of the realm: search, disable, log out, remove.

import { alert, badge, button, element, form, heading, input, labelled, link, pager, say, select, small, table, time } from './elements.js'
import { call, settings, text } from './session.js'

const PAGE = 20
const KINDS = ['dynamic', 'metadata-document', 'pre-registered']
const nameOf = client => client.name || client.clientId

export class Clients extends HTMLElement {
  #search = input('client-search')
  #vendor = input('client-vendor', 'claude.ai, cursor, loopback')
  #kind = select('client-kind', ['', ...KINDS].map(kind => [kind, text(kind || 'any')]))
  #verified = select('client-verified', [['', text('any')], ['true', text('verified')], ['false', text('unverified')]])
  #unused = select('client-unused', [['', text('any')], ...[30, 90, 365].map(days => [days, text('unusedDays', days)])])
  #list = document.createElement('div')
  #starts = [0]

  connectedCallback() {
    this.append(
      heading(text('clients')),
      form(text('search'), () => this.show(), labelled(text('clientSearch'), this.#search), labelled(text('accessTo'), this.#vendor),
        labelled(text('kind'), this.#kind), labelled(text('verified'), this.#verified), labelled(text('lastUsed'), this.#unused)),
      this.#list)
  }

  /** Shows a page; `starts` are the positions of all pages up to it. */
  async show(starts = [0]) {
    const page = await call('/clients', { query: {
      search: this.#search.value, vendor: this.#vendor.value, kind: this.#kind.value, verified: this.#verified.value,
      unusedDays: this.#unused.value, first: starts.at(-1), max: PAGE,
    } })
    if (page.clients.length === 0 && !page.next && starts.length > 1) return this.show(starts.slice(0, -1))
    this.#starts = starts
    const unfinished = page.next && page.clients.length < PAGE
    this.#list.replaceChildren(
      ...(unfinished ? [alert('info', text('unfinished'))] : []),
      table(text('clients'),
        ['client', 'accessTo', 'kind', 'created', 'lastUsed', 'sessions', 'state', 'actions'].map(head => text(head)),
        page.clients.map(client => this.#row(client))),
      pager(text('clients'), starts.length > 1 && (() => this.show(starts.slice(0, -1))),
        page.next && (() => this.show([...starts, page.next]))),
      ...(this.#vendor.value ? [this.#removalOfVendor(this.#vendor.value)] : []))
  }

  #row(client) {
    const name = nameOf(client)
    return [
      [link(name, `${settings.console}/clients/${client.id}/settings`, text('openInConsole', name)), small(client.clientId)],
      client.vendors.join(', '),
      [text(client.kind), element('br'), client.verified ? badge(text('verifiedAs', client.verified), 'green') : badge(text('unverified'))],
      time(client.created), time(client.lastUsed), String(client.sessions),
      client.enabled ? badge(text('enabled'), 'blue') : badge(text('disabled'), 'red'),
      element('div', { className: 'actions' },
        client.enabled
          ? button(text('disable'), () => this.#enable(client, false), { description: text('disableNamed', name) })
          : button(text('enable'), () => this.#enable(client, true), { description: text('enableNamed', name) }),
        button(text('logOut'), () => this.#logOut(client), { description: text('logOutNamed', name) }),
        ...(client.kind === 'pre-registered' ? [] : [button(text('remove'),
          () => this.#remove(`/${client.id}`, {}, text('confirmRemoveClient', name)), { description: text('removeNamed', name) })])),
    ]
  }

  #removalOfVendor(vendor) {
    return button(text('removeVendor', vendor), async () => {
      const { removed } = await call('/clients', { method: 'DELETE', query: { vendor, dryRun: true } })
      if (removed.length === 0) return say(text('nothingFound'))
      await this.#remove('', { vendor }, text('confirmRemoveVendor', removed.length, vendor))
    }, { kind: 'danger' })
  }

  async #enable(client, enabled) {
    if (!enabled && !confirm(text('confirmDisable', nameOf(client)))) return
    await call(`/clients/${client.id}`, { method: 'PUT', body: { enabled } })
    await this.show(this.#starts)
    say(text(enabled ? 'nowEnabled' : 'nowDisabled', nameOf(client)), 'success')
  }

  async #logOut(client) {
    if (!confirm(text('confirmLogOut', nameOf(client)))) return
    const { sessions } = await call(`/clients/${client.id}/logout`, { method: 'POST' })
    await this.show(this.#starts)
    say(text('loggedOut', nameOf(client), sessions), 'success')
  }

  async #remove(path, query, question) {
    if (!confirm(question)) return
    const { removed, failed = [] } = await call(`/clients${path}`, { method: 'DELETE', query })
    await this.show(this.#starts)
    say(text('clientsRemoved', removed.length), 'success')
    if (failed.length) say(text('clientsNotRemoved', failed.length), 'error')
  }
}
