/** The findings of the first screen: each in a few lines with the line that replays it; its story is further below. */

import { counted, grouped } from '../../src/report/brief.js'
import type { FindingRecord, ScenarioRecord } from '../../src/report/record.js'
import { element, fragment, type Html } from './element.js'
import { copyable } from './finding.js'

/** More would push the matrix off the first screen. */
const mostCards = 5

export interface Told {
  readonly finding: FindingRecord
  readonly scenario: ScenarioRecord
}

export const findingCards = (all: readonly Told[]): Html =>
  fragment(
    element('h2', {}, `Findings (${grouped(all.length)})`),
    all.length === 0
      ? element('p', {}, 'None: nothing that was tried broke a promise.')
      : element('ol', { class: 'cards' }, all.slice(0, mostCards).map(card)),
    all.length > mostCards &&
      element('p', {}, element('a', { href: '#stories' }, `${counted(all.length - mostCards, 'more', 'more')} below`)),
  )

function card({ finding, scenario }: Told): Html {
  const { id, says, known, needs, token, seen } = finding
  return element(
    'li',
    {},
    element('span', { class: `badge ${known ? 'open' : 'fail'}` }, `${known ? '~' : '✗'} ${id}`),
    element(
      'div',
      {},
      element('a', { href: `#${id}` }, says),
      element(
        'span',
        { class: 'quiet small' },
        ` ${scenario.name} · ${known ? 'known · ' : ''}${grouped(seen)} of ${counted(scenario.storms, 'storm')}`,
      ),
      element('p', { class: 'small' }, needs.length > 0 ? needs.join(' + ') : 'on a calm day'),
      copyable(`npx stormproof replay ${token}`),
    ),
  )
}
