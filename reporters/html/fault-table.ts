/** The matrix of faults and scenarios as a table; what was not tested is seen as such. */

import { grouped } from '../../src/report/brief.js'
import type { FaultTally, ScenarioRecord } from '../../src/report/record.js'
import { exactUpper } from '../../src/report/statistics.js'
import { type FaultRow, matrixOf } from '../matrix.js'
import { element, type Html } from './element.js'
import { percent } from './percent.js'

export function matrixTable(scenarios: readonly ScenarioRecord[]): Html | undefined {
  const rows = matrixOf(scenarios)
  if (rows.length === 0) return undefined
  const head = (text: string): Html => element('th', { scope: 'col' }, text)
  return element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'faults by scenario' },
    element(
      'table',
      { class: 'matrix' },
      element(
        'caption',
        {},
        'Storms in which a promise broke, of those in which the fault landed. Several faults may share a storm. ░ it never landed there: not tested.',
      ),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          head('fault'),
          scenarios.map(({ name }) => head(name)),
          head('breaks at most (95 %)'),
        ),
      ),
      element(
        'tbody',
        {},
        rows.map((row) => tableRow(row)),
      ),
    ),
  )
}

const tableRow = ({ kind, tallies, storms, broken }: FaultRow): Html =>
  element(
    'tr',
    {},
    element('th', { scope: 'row' }, kind),
    tallies.map(cell),
    element('td', {}, storms === 0 ? 'not tested' : percent(exactUpper(broken, storms))),
  )

function cell(tally: FaultTally | undefined): Html {
  if (!tally || tally.storms === 0) return element('td', { class: 'never' }, '░')
  const { storms, broken } = tally
  return element('td', { class: broken > 0 && 'hit' }, `${grouped(broken)}/${grouped(storms)}${broken > 0 ? ' ✗' : ''}`)
}
