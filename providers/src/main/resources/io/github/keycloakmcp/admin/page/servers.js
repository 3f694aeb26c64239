// The MCP servers of the realm, or of a team: search, add, remove. A team sees who has access to its servers.

import { Approvals } from './approvals.js'
import { button, element, form, heading, input, labelled, link, pager, say, small, table } from './elements.js'
import { access, call, settings, text } from './session.js'

const PAGE = 20

export class Servers extends HTMLElement {
  #search = input('server-search')
  #added = input('server-added', 'https://tools.example.com/mcp')
  #list = document.createElement('div')
  #approvals = new Approvals()
  #first = 0

  connectedCallback() {
    this.append(
      heading(text('servers')),
      form(text('search'), () => this.show(), labelled(text('serverSearch'), this.#search)),
      this.#list,
      this.#approvals.element,
      form(text('add'), () => this.#add(), labelled(text('serverUri'), this.#added)),
      ...(access.view ? [] : [small(text('teamServers', access.teams.flatMap(({ servers }) => servers).join(' ')))]))
  }

  async show(first = 0) {
    const servers = await call('/servers', { query: { search: this.#search.value, first, max: PAGE + 1 } })
    if (servers.length === 0 && first > 0) return this.show(Math.max(0, first - PAGE))
    this.#first = first
    this.#list.replaceChildren(
      table(text('servers'), [text('uri'), text('scope'), text('actions')], servers.slice(0, PAGE).map(server => [
        server.client && access.view
          ? link(server.uri, `${settings.console}/clients/${server.client}/settings`, text('openInConsole', server.uri)) : server.uri,
        server.scope,
        element('div', { className: 'actions' },
          ...(access.view ? [] : [button(text('approvals'), () => this.#approvals.show(server.uri), { description: text('approvalsNamed', server.uri) })]),
          button(text('remove'), () => this.#remove(server.uri), { description: text('removeNamed', server.uri) }))])),
      pager(text('servers'), first > 0 && (() => this.show(Math.max(0, first - PAGE))),
        servers.length > PAGE && (() => this.show(first + PAGE))))
  }

  async #add() {
    const uri = this.#added.value.trim()
    await call('/servers', { method: 'POST', body: { uri } })
    this.#added.value = ''
    this.#search.value = uri
    await this.show()
    say(text('added', uri), 'success')
  }

  async #remove(uri) {
    if (!confirm(text('confirmRemoveServer', uri))) return
    await call('/servers', { method: 'DELETE', query: { uri } })
    this.#approvals.hide()
    await this.show(this.#first)
    say(text('removed', uri), 'success')
  }
}
