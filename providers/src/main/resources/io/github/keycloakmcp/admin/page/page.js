// The admin page of an MCP realm.

import { Clients } from './clients.js'
import { Diagnosis } from './diagnosis.js'
import { attempt, say } from './elements.js'
import { Servers } from './servers.js'
import { access, readAccess, restoreInputs, settings, signedIn, signIn, text } from './session.js'

document.title = document.getElementById('title').textContent = text('title')
document.getElementById('realm').textContent = text('inRealm', settings.realm)
say(text('loading'))

await attempt(async () => {
  if (!await signedIn()) return signIn()
  await readAccess()
  if (!access.view) document.querySelector('mcp-clients').remove()
  customElements.define('mcp-diagnosis', Diagnosis)
  customElements.define('mcp-servers', Servers)
  customElements.define('mcp-clients', Clients)
  restoreInputs()
  say('')
  document.getElementById('parts').hidden = false
  await Promise.all([...document.getElementById('parts').children].map(part => attempt(() => part.show())))
})
