/** The key figures below the sentence: how many storms were survived, how many faults it takes, how much was tried, whether it repeats. */

import { counted, grouped } from '../../src/report/brief.js'
import type { CampaignRecord, ScenarioRecord } from '../../src/report/record.js'
import { wilson } from '../../src/report/statistics.js'
import { faultsToFailure } from '../../src/report/survival.js'
import { element, type Html } from './element.js'
import { percent } from './percent.js'

export const tiles = ({ scenarios }: CampaignRecord): Html =>
  element(
    'ul',
    { class: 'tiles', 'aria-label': 'key figures' },
    survivedTile(scenarios),
    failureTile(scenarios),
    triedTile(scenarios),
    repeatTile(scenarios),
  )

const sum = (scenarios: readonly ScenarioRecord[], of: (scenario: ScenarioRecord) => number): number =>
  scenarios.reduce((all, scenario) => all + of(scenario), 0)

const tile = (name: string, value: string, note: string): Html =>
  element(
    'li',
    { class: 'tile' },
    element('span', { class: 'quiet small' }, name),
    element('b', {}, value),
    element('span', { class: 'small' }, note),
  )

function survivedTile(scenarios: readonly ScenarioRecord[]): Html {
  const storms = sum(scenarios, (one) => one.storms)
  const survived = sum(scenarios, (one) => one.survived)
  const unknown = sum(scenarios, (one) => one.unknown)
  const { lower, upper } = wilson(survived, storms)
  return tile(
    'Storms survived',
    `${grouped(survived)} of ${grouped(storms)}`,
    `95 %: ${percent(lower)} to ${percent(upper)}${unknown > 0 ? `; ${grouped(unknown)} without a verdict` : ''}`,
  )
}

function failureTile(scenarios: readonly ScenarioRecord[]): Html {
  const landed = sum(scenarios, ({ strains }) => strains.reduce((all, one) => all + one.landed * one.trials, 0))
  const failures = sum(scenarios, ({ strains }) => strains.reduce((all, one) => all + one.broken, 0))
  const { mean, lower, upper } = faultsToFailure(landed, failures)
  const whole = (value: number): string => grouped(Math.round(value))
  if (mean === undefined)
    return tile(
      'Mean faults to failure',
      `> ${whole(lower)}`,
      `${grouped(landed)} faults landed, none broke a promise (95 %)`,
    )
  return tile(
    'Mean faults to failure',
    whole(mean),
    `95 %: ${whole(lower)} to ${whole(upper as number)}; ${grouped(landed)} faults, ${counted(failures, 'failure')}`,
  )
}

/** Of the kinds of fault that were asked for, those that made a difference; of the promises that concern these agents, those that arose. */
function triedTile(scenarios: readonly ScenarioRecord[]): Html {
  const kinds = [...new Set(scenarios.flatMap(({ faults }) => Object.keys(faults)))]
  const landed = kinds.filter((kind) => scenarios.some(({ faults }) => (faults[kind]?.landed ?? 0) > 0))
  const named = (group: 'tested' | 'never-arose'): ReadonlySet<string> =>
    new Set(
      scenarios.flatMap(({ invariants }) => invariants.filter((one) => one.group === group)).map((one) => one.name),
    )
  const tested = named('tested')
  const open = [...named('never-arose')].filter((name) => !tested.has(name))
  return tile(
    'Kinds of fault that landed',
    `${grouped(landed.length)} of ${grouped(kinds.length)}`,
    `${grouped(tested.size)} of ${counted(tested.size + open.length, 'promise')} were put to the test`,
  )
}

function repeatTile(scenarios: readonly ScenarioRecord[]): Html {
  const runs = sum(scenarios, ({ doubleRuns }) => doubleRuns)
  const apart = scenarios.filter(({ nondeterminism }) => nondeterminism).length
  const replays = sum(scenarios, ({ findings }) => findings.reduce((all, { replays: count }) => all + count, 0))
  const value = apart > 0 ? '✗ differs' : runs + replays > 0 ? '✓ repeatable' : '? not looked at'
  return tile(
    'Same seed, same bytes',
    value,
    `${counted(runs, 'storm')} run twice, ${counted(replays, 'replay')} of findings`,
  )
}
