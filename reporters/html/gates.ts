/** The gates: what decided the result. */

import type { CampaignRecord } from '../../src/report/record.js'
import { element, fragment, type Html } from './element.js'

const words = { pass: '✓ pass', fail: '✗ fail', inconclusive: '? inconclusive' }
const kinds = { pass: 'pass', fail: 'fail', inconclusive: 'open' }

export function gateTable({ gates }: CampaignRecord): Html | undefined {
  if (gates.length === 0) return undefined
  return fragment(
    element('h2', {}, 'Gates'),
    element(
      'table',
      {},
      element('caption', {}, 'What decides the result.'),
      element(
        'thead',
        {},
        element('tr', {}, ...['gate', 'result', 'why'].map((name) => element('th', { scope: 'col' }, name))),
      ),
      element(
        'tbody',
        {},
        gates.map(({ name, result, detail }) =>
          element(
            'tr',
            {},
            element('th', { scope: 'row' }, name),
            element('td', {}, element('span', { class: `badge ${kinds[result]}` }, words[result])),
            element('td', {}, detail),
          ),
        ),
      ),
    ),
  )
}
