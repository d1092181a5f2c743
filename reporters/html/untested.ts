/** What a green result does not cover: it stands beside the findings, because silence would look like a pass. */

import { counted, grouped } from '../../src/report/brief.js'
import type { CampaignRecord, ScenarioRecord } from '../../src/report/record.js'
import { matrixOf } from '../matrix.js'
import { neverArisen } from '../never-arisen.js'
import { element, fragment, type Html } from './element.js'

/** So many names are shown at once. */
const mostNames = 6

export const untested = ({ scenarios }: CampaignRecord): Html =>
  fragment(
    element('h2', {}, 'Not tested'),
    element(
      'ul',
      {},
      item(
        'no storm was run',
        scenarios.filter(({ storms }) => storms === 0).map(({ name }) => name),
      ),
      item('promises that never arose', neverArose(scenarios)),
      item('situations that must arise and never did', neverArisen(scenarios)),
      item('faults that never made a difference', neverLanded(scenarios)),
      pairs(scenarios),
      element(
        'li',
        {},
        'sockets, worker threads and native drivers; what a real model would choose to say; production',
      ),
    ),
  )

function item(what: string, names: readonly string[]): Html | undefined {
  if (names.length === 0) return undefined
  const line = element('b', {}, `${what} (${grouped(names.length)})`)
  if (names.length <= mostNames) return element('li', {}, line, `: ${names.join(', ')}`)
  return element(
    'li',
    {},
    element('details', {}, element('summary', {}, line), element('p', { class: 'small' }, names.join(', '))),
  )
}

/** In no scenario at all, or in some of those that they concern. */
function neverArose(scenarios: readonly ScenarioRecord[]): readonly string[] {
  const stormy = scenarios.filter(({ storms }) => storms > 0)
  const all = stormy.flatMap(({ name, invariants }) => invariants.map((one) => ({ scenario: name, ...one })))
  const tested = new Set(all.filter(({ group }) => group === 'tested').map(({ name }) => name))
  const open = all.filter(({ group, situation }) => group === 'never-arose' && !situation)
  return [...new Set(open.map(({ name }) => name))].map((name) => {
    const places = open.filter((one) => one.name === name).map(({ scenario }) => scenario)
    return tested.has(name) ? `${name} (in ${places.join(', ')})` : name
  })
}

function neverLanded(scenarios: readonly ScenarioRecord[]): readonly string[] {
  const kinds = [...new Set(scenarios.flatMap(({ faults }) => Object.keys(faults)))].sort()
  return kinds.filter((kind) => scenarios.every(({ faults }) => (faults[kind]?.landed ?? 0) === 0))
}

/** The empty cells of the matrix. */
function pairs(scenarios: readonly ScenarioRecord[]): Html | undefined {
  const cells = matrixOf(scenarios).flatMap(({ tallies }) => tallies)
  const empty = cells.filter((tally) => (tally?.storms ?? 0) === 0).length
  if (empty === 0) return undefined
  return element(
    'li',
    {},
    element('b', {}, 'faults by scenario'),
    `: ${grouped(empty)} of ${counted(cells.length, 'pair')} never met in a storm`,
  )
}
