/** Fault by scenario: in how many of the storms that it struck a promise broke; worst first, and what was not tested is seen as such. */

import { grouped } from '../../src/report/brief.js'
import type { FaultTally, ScenarioRecord } from '../../src/report/record.js'
import { exactUpper } from '../../src/report/statistics.js'
import { element, type Html } from './element.js'
import { percent } from './finding.js'

interface Row {
  readonly kind: string
  readonly tallies: readonly (FaultTally | undefined)[]
  readonly storms: number
  readonly broken: number
}

export function matrixOf(scenarios: readonly ScenarioRecord[]): readonly Row[] {
  const kinds = [...new Set(scenarios.flatMap(({ faults }) => Object.keys(faults)))].sort()
  const rows = kinds.map((kind) => {
    const tallies = scenarios.map(({ faults }) => faults[kind])
    const sum = (key: 'storms' | 'broken'): number => tallies.reduce((all, tally) => all + (tally?.[key] ?? 0), 0)
    return { kind, tallies, storms: sum('storms'), broken: sum('broken') }
  })
  // Rows that broke something first, the likeliest on top; then those that were tried least.
  const rank = ({ storms, broken }: Row): number => (broken > 0 ? 2 + broken / storms : 1 / (1 + storms))
  return rows.sort((one, other) => rank(other) - rank(one) || (one.kind < other.kind ? -1 : 1))
}

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

const tableRow = ({ kind, tallies, storms, broken }: Row): Html =>
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
