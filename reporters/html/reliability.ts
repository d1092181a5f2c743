/** How reliable the agents are under these faults: pass^k over fault seeds, recovery, what it costs, and faults to failure. */

import { grouped } from '../../src/report/brief.js'
import { passPower } from '../../src/report/pass-k.js'
import type { CampaignRecord, ScenarioRecord } from '../../src/report/record.js'
import { extraCallsPerFault, pooledRecovery, type Recovery, recoveryRate } from '../../src/report/recovery.js'
import { faultsToFailure } from '../../src/report/survival.js'
import { element, fragment, type Html } from './element.js'
import { percent } from './percent.js'
import { surfaceTable } from './surface.js'
import { textTable } from './table.js'

const powers = [1, 2, 4, 8]

export function reliabilityTable(record: CampaignRecord): Html | undefined {
  const { scenarios, preset } = record
  const ran = scenarios.filter(({ storms }) => storms > 0)
  if (ran.length === 0) return undefined
  return fragment(
    element('h2', {}, 'Reliability'),
    element(
      'p',
      { class: 'quiet small' },
      `Under ${preset} faults. pass^k: that k storms in a row reach the goal (the storms are fault seeds, the model is scripted: this says nothing about how a real model would vary). Recovered: faults that landed in storms which reached the goal and broke no promise. Extra requests: what services received in these beyond a calm day, for each fault.`,
    ),
    textTable(
      ['scenario', ...powers.map((k) => `pass^${k}`), 'recovered', 'extra requests', 'faults to failure (95 %)'],
      [...ran.map(row), ...(ran.length > 1 ? [together(ran)] : [])],
    ),
    surfaceTable(record),
  )
}

const row = (scenario: ScenarioRecord): readonly string[] => [
  scenario.name,
  ...powers.map((k) => power(powerOf(scenario, k))),
  ...recovery(scenario.recovery),
  toFailure([scenario]),
]

/** The mean over the scenarios, and what was landed and recovered in all of them. */
function together(scenarios: readonly ScenarioRecord[]): readonly string[] {
  const all = scenarios.flatMap((one) => one.recovery ?? [])
  return [
    'all (mean of pass^k)',
    ...powers.map((k) => {
      const values = scenarios.flatMap((one) => powerOf(one, k) ?? [])
      return power(values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length)
    }),
    ...recovery(all.length === 0 ? undefined : pooledRecovery(all)),
    toFailure(scenarios),
  ]
}

const power = (value: number | undefined): string => value?.toFixed(3) ?? '–'

const powerOf = ({ calmGoal, goals, storms }: ScenarioRecord, k: number): number | undefined =>
  calmGoal === undefined ? undefined : passPower(goals, storms, k)

function recovery(of: Recovery | undefined): readonly [rate: string, extra: string] {
  const rate = of && recoveryRate(of)
  if (!of || rate === undefined) return ['–', '–']
  const extra = extraCallsPerFault(of)
  return [
    `${percent(rate)} (${grouped(of.recovered)} of ${grouped(of.landed)})`,
    extra === undefined ? '–' : extra.toFixed(2),
  ]
}

function toFailure(scenarios: readonly ScenarioRecord[]): string {
  const strains = scenarios.flatMap((one) => one.strains)
  const landed = strains.reduce((sum, one) => sum + one.landed * one.trials, 0)
  const failures = strains.reduce((sum, one) => sum + one.broken, 0)
  const { mean, lower, upper } = faultsToFailure(landed, failures)
  const whole = (value: number): string => grouped(Math.round(value))
  return mean === undefined ? `> ${whole(lower)}` : `${whole(mean)} (${whole(lower)} to ${whole(upper as number)})`
}
