/** An answer with instructions in it: whoever writes what the service stores writes to the model too. */

import { refused } from '../../answer.js'
import { injectedText, injectionParameters } from '../../injected-text.js'
import { nominalMs, type ServiceFault, spoil, toolFault } from '../service-fault.js'

export const injection: ServiceFault = {
  ...toolFault,
  name: 'tool/injection',
  says: 'It happened, and a text in the answer tells the model what to do; or it did not, and the error does.',
  on: 'both',
  parameters: { ...injectionParameters, 'via-error': ['no', 'yes'] },
  strike: (struck) => {
    const text = injectedText(struck.tools, struck.pick)
    if (struck.pick('via-error') === 'yes') return { answer: refused(409, text, 'never'), delayMs: nominalMs }
    return spoil(struck, (value) => ({ kind: 'value', value: infected(value, text) }))
  },
}

/** The longest text has it at its end: most likely that is one which people write. What has no text has nobody's. */
function infected(value: unknown, text: string): unknown {
  const longest = textsIn(value).reduce<string | undefined>(
    (a, b) => (a === undefined || b.length > a.length ? b : a),
    undefined,
  )
  return longest === undefined ? value : withText(value, longest, `${longest} ${text}`)
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

function withText(value: unknown, text: string, instead: string): unknown {
  if (value === text) return instead
  if (Array.isArray(value)) return value.map((item) => withText(item, text, instead))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withText(inner, text, instead)]))
}
