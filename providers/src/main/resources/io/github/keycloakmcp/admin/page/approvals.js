// Who has access to a server: which user has allowed which client what, and taking it back.

import { button, element, pager, say, table, time } from './elements.js'
import { call, text } from './session.js'

export class Approvals {
  element = element('section', { hidden: true })
  #server
  #pages = []

  hide() {
    this.element.hidden = true
  }

  /** The first page, or the one that begins after a position. */
  async show(server, pages = ['']) {
    const { approvals, next } = await call('/approvals', { query: { server, after: pages.at(-1) } })
    this.#server = server
    this.#pages = pages
    this.element.hidden = false
    this.element.replaceChildren(
      element('h3', { className: 'pf-v5-c-title pf-m-md', textContent: text('approvalsNamed', server) }),
      table(text('approvalsNamed', server), ['user', 'client', 'allowed', 'since', 'actions'].map(head => text(head)), approvals.map(approval => [
        approval.username || approval.user, approval.clientName || approval.clientId, (approval.scopes ?? []).join(' '), time(approval.given),
        button(text('revoke'), () => this.#revoke(approval), { description: text('revokeNamed', approval.username, approval.clientName || approval.clientId) })])),
      ...(next || pages.length > 1 ? [pager(text('approvalsNamed', server),
        pages.length > 1 && (() => this.show(server, pages.slice(0, -1))), next && (() => this.show(server, [...pages, next])))] : []))
  }

  async #revoke({ user, username, client, clientName, clientId }) {
    if (!confirm(text('confirmRevoke', username, clientName || clientId))) return
    await call('/approvals', { method: 'DELETE', query: { server: this.#server, user, client } })
    await this.show(this.#server, this.#pages)
    say(text('revoked', username), 'success')
  }
}
