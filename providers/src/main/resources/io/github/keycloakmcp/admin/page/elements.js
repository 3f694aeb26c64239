// Elements in Keycloak's look. Whatever a client or a server says is inserted as text, never as markup.

import { settings, signIn, SignedOut, text } from './session.js'

let numbers = 0
const date = new Intl.DateTimeFormat(settings.language, { dateStyle: 'medium', timeStyle: 'short' })

/** An element with properties; those of `data` and `attributes` become attributes. */
export function element(name, { data = {}, attributes = {}, ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties)
  Object.assign(made.dataset, data)
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value))
  made.append(...children)
  return made
}

/** Tells the user what happened, with a way on if there is one. */
export function say(message, severity = 'info', ...ways) {
  document.getElementById('status').replaceChildren(...(message ? [alert(severity, message, ways)] : []))
}

export const alert = (severity, title, ways = [], ...content) => element('div', {
  className: `pf-v5-c-alert pf-m-inline ${{ error: 'pf-m-danger', warning: 'pf-m-warning', success: 'pf-m-success' }[severity] ?? 'pf-m-info'}`,
  data: { severity },
}, element('p', { className: 'pf-v5-c-alert__title' }, ...[title].flat()),
...(content.length ? [element('div', { className: 'pf-v5-c-alert__description' }, ...content)] : []),
...(ways.length ? [element('div', { className: 'pf-v5-c-alert__action-group' }, ...ways)] : []))

/** Does what the user wants, and shows the reason if it fails. */
export async function attempt(action) {
  try {
    await action()
  } catch (error) {
    if (error instanceof SignedOut) say(error.message, 'warning', button(text('signIn'), signIn, { kind: 'primary' }))
    else say(error.message, 'error')
    document.getElementById('status').scrollIntoView({ block: 'nearest' })
  }
}

/** A button; `description` is for those who cannot see what it is next to. */
export const button = (label, action, { kind = 'link', description = label, disabled = false } = {}) => element('button', {
  type: 'button', textContent: label, ariaLabel: description, disabled,
  className: `pf-v5-c-button pf-m-small pf-m-${kind}${kind === 'link' ? ' pf-m-inline' : ''}`,
  onclick: ({ currentTarget: pressed }) => attempt(async () => {
    const part = pressed.closest('#parts > *')
    pressed.disabled = true
    await action().finally(() => { pressed.disabled = disabled })
    if (part && !pressed.isConnected) refocus(part, description)
  }),
})

/** Where the keyboard was, if that is there again in a new list, else at the head of the part. */
function refocus(part, description) {
  const same = [...part.querySelectorAll('button:enabled')].find(({ ariaLabel }) => ariaLabel === description)
  const place = same ?? part.querySelector('h2')
  place.focus()
}

export const link = (label, href, description = label) => element('a', {
  href, textContent: label, ariaLabel: description, target: '_blank', rel: 'noopener',
})

const control = field => element('span', { className: 'pf-v5-c-form-control' }, field, ...(field.localName === 'select' ? [arrow()] : []))
const arrow = () => element('span', { className: 'pf-v5-c-form-control__utilities' },
  element('span', { className: 'pf-v5-c-form-control__toggle-icon', ariaHidden: 'true', textContent: '▾' }))
export const input = (name, placeholder = '', type = 'text') => element('input', { name, placeholder, type, autocomplete: 'off' })
export const select = (name, options) =>
  element('select', { name }, ...options.map(([value, label]) => new Option(label, value)))

/** A field with its label above. */
export function labelled(label, field) {
  field.id = `field-${numbers++}`
  return element('div', { className: 'field' },
    element('label', { className: 'pf-v5-c-form__label', htmlFor: field.id, textContent: label }), control(field))
}

/** A box to tick with its label beside. */
export function tickable(label, name) {
  const box = element('input', { type: 'checkbox', name, id: `field-${numbers++}`, className: 'pf-v5-c-check__input' })
  return element('div', { className: 'pf-v5-c-check' }, box,
    element('label', { className: 'pf-v5-c-check__label', htmlFor: box.id, textContent: label }))
}

/** A row of fields that is sent by its button or the return key. */
export const form = (label, action, ...fields) => element('form', {
  className: 'fields', onsubmit: event => { event.preventDefault(); attempt(action) },
}, ...fields, element('button', { className: 'pf-v5-c-button pf-m-primary', textContent: label }))

export const heading = label => element('h2', { className: 'pf-v5-c-title pf-m-lg', tabIndex: -1, textContent: label })

export const badge = (label, colour) => element('span', { className: `pf-v5-c-label pf-m-compact ${colour ? `pf-m-${colour}` : ''}` },
  element('span', { className: 'pf-v5-c-label__content' }, element('span', { className: 'pf-v5-c-label__text', textContent: label })))

/** An element of a table, which stays one for a screen reader when a narrow screen shows it as a list. */
const tabular = (name, role, properties, ...children) => element(name, {
  className: `pf-v5-c-table__${name}`, ...properties, attributes: { role },
}, ...children)

/** A table; on a narrow screen each cell names its column. */
export const table = (name, heads, rows) => rows.length === 0
  ? element('p', { className: 'none', textContent: text('nothingFound') })
  : tabular('table', 'table', { className: 'pf-v5-c-table pf-m-compact pf-m-grid-lg', ariaLabel: name },
    tabular('thead', 'rowgroup', {}, tabular('tr', 'row', {},
      ...heads.map(head => tabular('th', 'columnheader', { scope: 'col', textContent: head })))),
    tabular('tbody', 'rowgroup', {}, ...rows.map(cells => tabular('tr', 'row', {},
      ...cells.map((cell, column) => tabular('td', 'cell', { data: { label: heads[column] } },
        element('div', {}, ...[cell].flat())))))))

/** The way to the page before and the page after; either may be missing. */
export const pager = (name, before, after) => element('nav', { className: 'pages', ariaLabel: name },
  button(text('previous'), before ?? (async () => {}), { kind: 'secondary', disabled: !before }),
  button(text('next'), after ?? (async () => {}), { kind: 'secondary', disabled: !after }))

export const time = seconds => (seconds
  ? element('time', { dateTime: new Date(seconds * 1000).toISOString(), textContent: date.format(seconds * 1000) }) : '–')

export const small = label => element('small', { textContent: label })
