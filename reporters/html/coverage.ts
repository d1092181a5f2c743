/** What was tried: each scenario, and each promise with how often its condition arose. */

import { counted, grouped } from '../../src/report/brief.js'
import type { InvariantRecord, ScenarioRecord } from '../../src/report/record.js'
import { wilson } from '../../src/report/statistics.js'
import { element, fragment, type Html } from './element.js'
import { percent } from './percent.js'
import { textTable } from './table.js'

export function scenarioTable(scenarios: readonly ScenarioRecord[]): Html {
  return fragment(
    element('h2', {}, 'Scenarios'),
    textTable(
      ['scenario', 'kept every promise', '95 %', 'reached its goal', 'single faults', 'simulated time'],
      scenarios.map((scenario) => {
        const { lower, upper } = wilson(scenario.survived, scenario.storms)
        return [
          scenario.name,
          `${grouped(scenario.survived)} of ${grouped(scenario.storms)} storms`,
          `${percent(lower)} to ${percent(upper)}`,
          scenario.calmGoal === undefined ? 'none declared' : grouped(scenario.goals),
          `${grouped(scenario.singles)}${scenario.pairs > 0 ? `, ${counted(scenario.pairs, 'pair')}` : ''}`,
          `${grouped(Math.round(scenario.virtualMs / 60_000))} min`,
        ]
      }),
    ),
  )
}

const groups = { tested: '✓ tested', 'never-arose': '░ never arose', 'not-concerned': '– does not concern it' } as const

/** A promise stands once; of several scenarios the one that tried it most speaks. */
export function promiseTable(scenarios: readonly ScenarioRecord[]): Html {
  const promises = new Map<string, InvariantRecord>()
  const rank = { tested: 2, 'never-arose': 1, 'not-concerned': 0 }
  for (const one of scenarios.flatMap(({ invariants }) => invariants)) {
    if (one.situation) continue
    const before = promises.get(one.name)
    if (!before) promises.set(one.name, one)
    else
      promises.set(one.name, {
        ...(rank[one.group] > rank[before.group] ? one : before),
        arose: before.arose + one.arose,
        broken: before.broken + one.broken,
      })
  }
  return fragment(
    element('h2', {}, 'Promises'),
    element(
      'details',
      {},
      element('summary', {}, `All ${promises.size} promises, and how often each was put to the test`),
      textTable(
        ['promise', 'says', 'state', 'arose', 'broken'],
        [...promises.values()].map(({ name, says, group, arose, broken }) => [
          name,
          says,
          groups[group],
          grouped(arose),
          grouped(broken),
        ]),
      ),
    ),
  )
}

/** Where the scenarios had to get to, and in how many trials each did; undefined where none is named. */
export function situationTable(scenarios: readonly ScenarioRecord[]): Html | undefined {
  const rows = scenarios.flatMap(({ name, invariants }) =>
    invariants.flatMap((one) => (one.situation ? [[name, one.name, groups[one.group], grouped(one.arose)]] : [])),
  )
  if (rows.length === 0) return undefined
  return fragment(element('h2', {}, 'Situations'), textTable(['scenario', 'situation', 'state', 'trials'], rows))
}
