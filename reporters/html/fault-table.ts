/** The matrix of faults and scenarios as a table: what broke something is open, what broke nothing is folded, what was not tested is seen as such. */

import { counted, grouped } from '../../src/report/brief.js'
import type { FaultTally, ScenarioRecord } from '../../src/report/record.js'
import { exactUpper } from '../../src/report/statistics.js'
import { type FaultRow, matrixOf } from '../matrix.js'
import { element, fragment, type Html } from './element.js'
import { percent } from './percent.js'

export function faultTables(scenarios: readonly ScenarioRecord[]): Html | undefined {
  const rows = matrixOf(scenarios)
  if (rows.length === 0) return undefined
  const names = scenarios.map(({ name }) => name)
  const broken = rows.filter((row) => row.broken > 0)
  const clean = rows.filter((row) => row.broken === 0 && row.storms > 0)
  const never = rows.filter((row) => row.storms === 0)
  return fragment(
    element('h2', {}, 'Faults by scenario'),
    broken.length > 0 && faultTable(names, broken),
    folded(`${counted(clean.length, 'kind')} of fault landed and broke nothing${atMost(clean)}`, names, clean),
    folded(`░ ${counted(never.length, 'kind')} of fault landed in no storm: not tested`, names, never),
  )
}

/** What they may still break: the most tried least, the least tried most. */
function atMost(rows: readonly FaultRow[]): string {
  if (rows.length === 0) return ''
  const tried = rows.map(({ storms }) => storms)
  const words = (storms: number): string => `${percent(exactUpper(0, storms))} after ${counted(storms, 'storm')}`
  return `; they may still break at most (95 %) ${words(Math.max(...tried))}, the least tried ${words(Math.min(...tried))}`
}

const folded = (title: string, names: readonly string[], rows: readonly FaultRow[]): Html | undefined =>
  rows.length === 0
    ? undefined
    : element('details', { class: 'rows' }, element('summary', {}, title), faultTable(names, rows))

function faultTable(names: readonly string[], rows: readonly FaultRow[]): Html {
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
        'Storms in which a promise broke, of those in which the fault landed; the stronger the shade, the more it may break (upper 95 % bound). Several faults may share a storm. ░ it never landed there: not tested.',
      ),
      element('thead', {}, element('tr', {}, head('fault'), names.map(head), head('all'), head('breaks at most'))),
      element('tbody', {}, rows.map(tableRow)),
    ),
  )
}

const tableRow = ({ kind, tallies, storms, broken }: FaultRow): Html =>
  element(
    'tr',
    {},
    element('th', { scope: 'row' }, kind),
    tallies.map(cell),
    element('td', {}, storms === 0 ? '░' : `${grouped(broken)}/${grouped(storms)}`),
    element('td', {}, storms === 0 ? 'not tested' : `≤ ${percent(exactUpper(broken, storms))}`),
  )

function cell(tally: FaultTally | undefined): Html {
  if (!tally || tally.storms === 0) return element('td', { class: 'never' }, '░')
  const { storms, broken } = tally
  const text = `${grouped(broken)}/${grouped(storms)}`
  if (broken === 0) return element('td', {}, text)
  return element('td', { class: `hit ${shade(exactUpper(broken, storms))}` }, `${text} ✗`)
}

const shade = (bound: number): string => (bound > 0.3 ? 'much' : bound > 0.1 ? 'more' : 'some')
