// Why a client cannot connect: the question of the administrator with its answer, then the realm, then the last refusals.
// What the server says about causes is in English. An administrator of a team asks about a server of the team, and sees what was
// refused there.

import { alert, element, form, heading, input, labelled, small, table, tickable, time } from './elements.js'
import { access, call, settings, text } from './session.js'

const finding = ({ severity, what, fix, id }) => alert(severity, what, [],
  element('p', {}, element('strong', { textContent: fix })), small(id))

const ticked = box => box.querySelector('input').checked || undefined

export class Diagnosis extends HTMLElement {
  #resource = input('resource', 'https://tools.example.com/mcp')
  #client = input('client', 'vscode')
  #user = input('user')
  #metadata = tickable(text('readMetadata'), 'metadata')
  #documents = tickable(text('loadDocuments'), 'documents')
  #answer = element('div', { className: 'answer', attributes: { 'aria-live': 'polite' } })
  #rest = document.createElement('div')

  connectedCallback() {
    this.append(
      heading(text('diagnosis')),
      form(text('diagnose'), () => this.show(), labelled(text('serverUri'), this.#resource),
        ...(access.view ? [labelled(text('clientOrKnown'), this.#client), labelled(text('userOptional'), this.#user)] : []),
        this.#metadata, ...(access.view ? [this.#documents] : [])),
      ...(settings.language === 'en' ? [] : [element('p', {}, small(text('inEnglish')))]),
      this.#answer, this.#rest)
  }

  async show() {
    if (!access.view && !this.#resource.value) return
    const documents = ticked(this.#documents)
    const asked = documents || [this.#resource, this.#client, this.#user].some(field => field.value)
    const { ok, findings, answers, refusals } = await call('/diagnosis', { query: {
      resource: this.#resource.value, client: this.#client.value, user: this.#user.value,
      metadata: ticked(this.#metadata), documents,
    } })
    const answer = findings.slice(0, answers)
    this.#answer.replaceChildren(...(asked ? [
      alert(ok ? 'success' : 'error', text(ok ? 'answerGood' : 'answerBad')), ...this.#english(answer.map(finding))] : []))
    const realm = findings.slice(answers)
    this.#rest.replaceChildren(
      ...(access.view ? this.#realm(realm) : []),
      element('h3', { className: 'pf-v5-c-title pf-m-md', textContent: text('refusals') }),
      table(text('refusals'), ['time', 'client', 'user', 'reason', 'fix'].map(head => text(head)), refusals.map(refusal => [
        time(refusal.time / 1000), refusal.client ?? '–', [refusal.user ?? '–', ...(refusal.role ? [small(refusal.role)] : [])],
        this.#english([element('span', { textContent: refusal.error }), small(refusal.reason)]),
        this.#english([element('span', { textContent: refusal.fix })])])))
  }

  #realm(findings) {
    return [element('h3', { className: 'pf-v5-c-title pf-m-md', textContent: text('realmAndServer') }),
      ...(findings.length ? this.#english(findings.map(finding)) : [alert('success', text('noProblem'))])]
  }

  /** A screen reader reads these in their own language. */
  #english(elements) {
    return elements.map(made => Object.assign(made, { lang: 'en' }))
  }
}
