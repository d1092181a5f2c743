/** What a green result does not cover: it stands on the first screen, because silence would look like a pass. */

import { counted } from '../../src/report/brief.js'
import type { CampaignRecord, ScenarioRecord } from '../../src/report/record.js'
import { neverArisen } from '../never-arisen.js'
import { element, fragment, type Html } from './element.js'

export function untested({ scenarios }: CampaignRecord): Html {
  const lines = [
    ...scenarios.filter(({ storms }) => storms === 0).map(({ name }) => `${name}: no storm was run`),
    ...scenarios.flatMap(neverArose),
    ...neverArisen(scenarios).map((situation) => `a situation that must arise never did: ${situation}`),
    ...neverLanded(scenarios),
    'sockets, worker threads and native drivers; what a real model would choose to say; production',
  ]
  return fragment(
    element('h2', {}, 'Not tested'),
    element(
      'ul',
      {},
      lines.map((line) => element('li', {}, line)),
    ),
  )
}

function neverArose({ name, invariants, storms }: ScenarioRecord): readonly string[] {
  const names = invariants
    .filter(({ group, situation }) => group === 'never-arose' && !situation)
    .map((invariant) => invariant.name)
  if (storms === 0 || names.length === 0) return []
  return [
    `${name}: ${counted(names.length, 'promise')} that ${names.length === 1 ? 'concerns it' : 'concern it'} never arose: ${names.join(', ')}`,
  ]
}

function neverLanded(scenarios: readonly ScenarioRecord[]): readonly string[] {
  const kinds = [...new Set(scenarios.flatMap(({ faults }) => Object.keys(faults)))].sort()
  const missed = kinds.filter((kind) => scenarios.every(({ faults }) => (faults[kind]?.landed ?? 0) === 0))
  return missed.length === 0 ? [] : [`faults that were asked for and never made a difference: ${missed.join(', ')}`]
}

/** What is wrong with the scenarios themselves. */
export function troubles({ scenarios }: CampaignRecord): Html | undefined {
  const items = scenarios.flatMap((scenario) => [
    ...scenario.problems.map(({ kind, what, where, remedy }) =>
      element(
        'article',
        { tabindex: -1 },
        element('h3', {}, `${scenario.name}: ${kind}`),
        element('p', {}, what),
        where !== '' && element('p', { class: 'mono' }, where),
        remedy !== '' && element('p', {}, `→ ${remedy}`),
      ),
    ),
    ...(scenario.nondeterminism ? [differed(scenario)] : []),
  ])
  return items.length === 0 ? undefined : fragment(element('h2', {}, 'About the scenarios'), items)
}

function differed({ name, nondeterminism }: ScenarioRecord): Html {
  const { seed = '', seq = 0, first = '', second = '', where = '', state = [] } = nondeterminism ?? {}
  return element(
    'article',
    { tabindex: -1 },
    element('h3', {}, `${name} is not repeatable`),
    element(
      'p',
      {},
      `${seed === '' ? 'The calm day' : `Seed ${seed}`} gave another history the second time, first at event ${seq}${where === '' ? '' : `, ${where}`}.`,
    ),
    element('pre', {}, `first   ${first}\nsecond  ${second}`),
    ...state.map(({ at, line }) => element('p', { class: 'mono' }, `${at}  ${line}`)),
  )
}
