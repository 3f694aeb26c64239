// The MCP servers of the realm: search, add, remove.

import { button, form, heading, input, labelled, link, pager, say, table } from './elements.js'
import { call, settings, text } from './session.js'

const PAGE = 20

export class Servers extends HTMLElement {
  #search = input('server-search')
  #added = input('server-added', 'https://tools.example.com/mcp')
  #list = document.createElement('div')
  #first = 0

  connectedCallback() {
    this.append(
      heading(text('servers')),
      form(text('search'), () => this.show(), labelled(text('serverSearch'), this.#search)),
      this.#list,
      form(text('add'), () => this.#add(), labelled(text('serverUri'), this.#added)))
  }

  async show(first = 0) {
    const servers = await call('/servers', { query: { search: this.#search.value, first, max: PAGE + 1 } })
    if (servers.length === 0 && first > 0) return this.show(Math.max(0, first - PAGE))
    this.#first = first
    this.#list.replaceChildren(
      table(text('servers'), [text('uri'), text('scope'), text('actions')], servers.slice(0, PAGE).map(server => [
        server.client ? link(server.uri, `${settings.console}/clients/${server.client}/settings`, text('openInConsole', server.uri)) : server.uri,
        server.scope,
        button(text('remove'), () => this.#remove(server.uri), { description: text('removeNamed', server.uri) })])),
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
    await this.show(this.#first)
    say(text('removed', uri), 'success')
  }
}
