/** The first screen: what happened in one sentence, the result and the gate that decided it, and how sure one may be. */

import { counted, grouped } from '../../src/report/brief.js'
import { passPower } from '../../src/report/pass-k.js'
import {
  type CampaignRecord,
  type FindingRecord,
  type Gate,
  isOfTools,
  type ScenarioRecord,
} from '../../src/report/record.js'
import { wilson } from '../../src/report/statistics.js'
import { faultsToFailure } from '../../src/report/survival.js'
import { resultLine } from '../console/summary.js'
import { brokenWords, keptWords } from '../kept-words.js'
import { element, fragment, type Html } from './element.js'
import { percent } from './percent.js'

const results = {
  pass: ['pass', '✓ PASS'],
  fail: ['fail', '✗ FAIL'],
  inconclusive: ['open', '? INCONCLUSIVE'],
  'scenario-error': ['fail', '✗ SCENARIO ERROR'],
  nondeterministic: ['fail', '✗ NOT REPEATABLE'],
  interrupted: ['open', '? INTERRUPTED'],
} as const

export function resultHeader(record: CampaignRecord): Html {
  const [kind, words] = results[record.result]
  const { stormproof, node, platform, commit, startedAt, wallMs } = record.environment
  const findings = findingsOf(record)
  return element(
    'header',
    {},
    element('p', { class: 'lead' }, element('span', { class: `badge ${kind}` }, words), ` ${decidedBy(record)}`),
    element('h1', {}, sentence(record, findings)),
    element(
      'p',
      { class: 'quiet small' },
      [
        `stormproof ${stormproof}`,
        `seed ${record.seed}`,
        `faults ${record.preset}`,
        commit === '' ? '' : `commit ${commit.slice(0, 10)}`,
        `node ${node}`,
        platform,
        `${startedAt}, ${grouped(Math.round(wallMs / 100) / 10)} s`,
      ]
        .filter((part) => part !== '')
        .join(' · '),
    ),
    !isOfTools(record) && tiles(record),
  )
}

const findingsOf = ({ scenarios }: CampaignRecord): readonly FindingRecord[] =>
  scenarios.flatMap(({ findings }) => findings)
const sum = (scenarios: readonly ScenarioRecord[], of: (scenario: ScenarioRecord) => number): number =>
  scenarios.reduce((all, scenario) => all + of(scenario), 0)

/** About effects where something broke; about the bound where nothing did. */
function sentence(record: CampaignRecord, findings: readonly FindingRecord[]): string {
  if (isOfTools(record)) return `${resultLine(record)}. ${findings[0]?.story.headline ?? ''}`.trim()
  const open = findings.filter(({ known }) => !known)
  if (open[0]) return `${brokenWords(record, open.length)}. ${open[0].story.headline}`
  if (record.result === 'nondeterministic')
    return 'Two runs of the same code differed: nothing below can be trusted until they agree.'
  if (record.result === 'scenario-error')
    return 'This is about a scenario, not about the agent: without any fault it must reach its goal.'
  const kept = keptWords(record)
  if (kept === undefined) return 'Not every scenario had a storm: nothing is known of those.'
  const known = findings.length === 0 ? '' : ` but ${counted(findings.length, 'known break')}`
  return `Every promise was kept${known} in ${kept.replaceAll('`', '')}.`
}

function decidedBy({ gates, result }: CampaignRecord): string {
  const decisive: Gate | undefined = gates.find((gate) => gate.result === (result === 'fail' ? 'fail' : 'inconclusive'))
  return decisive && result !== 'pass' ? `gate ${decisive.name}: ${decisive.detail}` : ''
}

function tiles(record: CampaignRecord): Html {
  const { scenarios } = record
  const storms = sum(scenarios, (one) => one.storms)
  const survived = sum(scenarios, (one) => one.survived)
  const unknown = sum(scenarios, (one) => one.unknown)
  const { lower, upper } = wilson(survived, storms)
  return element(
    'ul',
    { class: 'tiles', 'aria-label': 'key figures' },
    tile(
      'Storms survived',
      `${grouped(survived)} of ${grouped(storms)}`,
      `95 %: ${percent(lower)} to ${percent(upper)}${unknown > 0 ? `; ${grouped(unknown)} without a verdict` : ''}`,
    ),
    passTile(scenarios),
    failureTile(scenarios),
    repeatTile(scenarios),
  )
}

const tile = (name: string, value: string, note: string): Html =>
  element(
    'li',
    { class: 'tile' },
    element('span', { class: 'quiet small' }, name),
    element('b', {}, value),
    element('span', { class: 'small' }, note),
  )

/** The goal, where one is declared; of the worst scenario beside the mean, which hides it. */
function passTile(scenarios: readonly ScenarioRecord[]): Html {
  const k = 8
  const powers = scenarios
    .filter(({ calmGoal }) => calmGoal !== undefined)
    .flatMap(({ name, goals, storms }) => {
      const value = passPower(goals, storms, k)
      return value === undefined ? [] : [{ name, value }]
    })
  if (powers.length === 0) return tile('Goal, pass^8 over fault seeds', '–', 'no scenario with a goal had 8 storms')
  const mean = powers.reduce((all, { value }) => all + value, 0) / powers.length
  const worst = powers.reduce((one, other) => (other.value < one.value ? other : one))
  return tile(
    'Goal, pass^8 over fault seeds',
    mean.toFixed(3),
    `mean of ${counted(powers.length, 'scenario')}; worst ${worst.name} ${worst.value.toFixed(3)}`,
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

export function gateTable({ gates }: CampaignRecord): Html | undefined {
  if (gates.length === 0) return undefined
  const words = { pass: '✓ pass', fail: '✗ fail', inconclusive: '? inconclusive' }
  const kinds = { pass: 'pass', fail: 'fail', inconclusive: 'open' }
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
