/** An answer that no schema expects, sent with every sign of success. */

import { copy } from '../../../core/json.js'
import type { Answer } from '../../answer.js'
import { type ServiceFault, spoil, toolFault } from '../service-fault.js'

const html = '<html><body>Bad gateway</body></html>'
const controlCharacters = 'ok\u0000\u0007\u001b[2J\u202egarbage\u2028'

const garbage = {
  'is-error': { isError: true, content: [{ type: 'text', text: 'internal error' }] },
  'error-in-200': { error: 'internal error' },
  'error-null': { error: null },
  html: page(html, 'text/html'),
  'non-json': page('{"ok": tru', 'application/json'),
  'control-chars': page(controlCharacters, 'text/plain'),
} as const

/** A page is read as its text. */
function page(text: string, type: string): Answer {
  return { kind: 'body', text, type, read: text }
}

export const garbageResult: ServiceFault = {
  ...toolFault,
  name: 'tool/garbage-result',
  says: 'It happened, and the answer is garbage.',
  on: 'both',
  parameters: { kind: [...Object.keys(garbage), 'oversize'], bytes: ['1000', '50000', '1000000'] },
  strike: (struck) =>
    spoil(struck, () => {
      const kind = struck.pick('kind')
      if (kind === 'oversize') return page('x'.repeat(Number(struck.pick('bytes'))), 'text/plain')
      const given = garbage[kind as keyof typeof garbage]
      return 'kind' in given ? given : { kind: 'value', value: copy(given) }
    }),
}
