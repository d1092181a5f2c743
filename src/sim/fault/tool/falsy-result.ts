/** A success whose value is falsy, or none that JSON can say: what `if (result)` takes for a failure. */

import { type ServiceFault, spoil, toolFault } from '../service-fault.js'

const unsayable: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['undefined', undefined],
  ['NaN', Number.NaN],
])

export const falsyResult: ServiceFault = {
  ...toolFault,
  name: 'tool/falsy-result',
  says: 'It happened, and the answer is a falsy value.',
  on: 'both',
  parameters: { value: ['null', '0', 'false', '""', '[]', '{}', ...unsayable.keys()] },
  strike: (struck) =>
    spoil(struck, () => {
      const said = struck.pick('value')
      const read = unsayable.has(said) ? unsayable.get(said) : (JSON.parse(said) as unknown)
      return { kind: 'body', text: read === undefined ? '' : said, type: 'application/json', read }
    }),
}
