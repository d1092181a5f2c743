/** One trial for each fault on the wire of an agent's conversation, and what it did under it, as lines of a table. */

import type { Pair } from '../src/explore/hands.js'
import type { Source } from '../src/kernel/source.js'
import type { VisitedSite } from '../src/kernel/tape.js'
import type { Scenario } from '../src/scenario/define-scenario.js'
import type { TrialResult } from '../src/scenario/trial-result.js'
import type { TrialOptions } from '../src/scenario/trial-under-way.js'

/** What runs trials: of the sources, or of what they were built into. */
export interface Trials {
  runTrial(scenario: Scenario, options: TrialOptions): Promise<TrialResult>
  replaySource(decisions: readonly Pair[]): Source & { unconsumed(): readonly unknown[] }
}

interface WireFault {
  readonly site: string
  readonly alternative: string
  readonly details: Readonly<Record<string, string>>
}

/** The turn that calls two tools at once. */
const turn = 'model/t2/a1'
const model = (alternative: string, details = {}): WireFault => ({ site: turn, alternative, details })
const cut = (mode: string, details: object = { after: '2' }) => model('model/stream-cut', { mode, ...details })
const service = (operation: string, alternative: string): WireFault => ({
  site: `shop.${operation}#`,
  alternative,
  details: {},
})

/** What goes wrong, in words: at which site, which alternative, with which details. */
const faults: Readonly<Record<string, WireFault>> = {
  'model: 503 once': model('model/http-error', { status: '503' }),
  'model: 429, Retry-After 120 s': model('model/http-error', { status: '429', 'retry-after': '120' }),
  'model: answer lost': model('model/lost'),
  'model: 200 with broken JSON': model('model/bad-body'),
  'model: arguments of a wrong type': model('model/malformed-args'),
  'model: arguments cut short': model('model/malformed-args', { kind: 'truncated' }),
  'stream: ends early': cut('eof', {}),
  'stream: ends within arguments': cut('eof', { 'in-args': 'yes' }),
  'stream: breaks': cut('reset'),
  'stream: turns into an error': cut('error-frame'),
  'stream: falls silent': cut('stall'),
  'stream: nothing but pings': cut('pings'),
  'stream: a frame twice': model('model/duplicate-frame'),
  'charge: answer lost': service('charge', 'tool/timeout-after-effect'),
  'charge: answered 503': service('charge', 'tool/error'),
  'mail: answered 503': service('mail', 'tool/error'),
}

export const heading = ['agent', 'what went wrong', 'requests to the model', 'executed', 'ended', 'after', 'broke']

/** A line a fault; one that this agent's wire does not offer, a cut where nothing streams, has none. */
export async function wireLines(scenario: Scenario, { runTrial, replaySource }: Trials): Promise<readonly string[]> {
  const calm = await runTrial(scenario, { source: replaySource([]), calm: true, keepSites: true, keepGoing: true })
  const { intended } = calm.facts
  const asked = calm.events.filter(({ type }) => type === 'prompt-received').length
  const lines: string[] = []
  for (const [words, fault] of Object.entries(faults)) {
    const decisions = decisionsFor(fault, calm.visited ?? [])
    if (!decisions) continue
    const source = replaySource(decisions)
    const result = await runTrial(scenario, { source, intended, keepGoing: true })
    if (source.unconsumed().length > 0) continue
    lines.push(`| ${[scenario.name, words, ...cellsOf(result, asked)].join(' | ')} |`)
  }
  return lines
}

function decisionsFor({ site, alternative, details }: WireFault, visited: readonly VisitedSite[]) {
  const found = visited.find(({ label, kind }) => label.startsWith(site) && kind === 'outcome')
  if (!found) return undefined
  const more = Object.entries(details).map(([name, value]): Pair => [`${found.label}@${name}`, value])
  return [[found.label, alternative] as Pair, ...more]
}

/** What the run did, out of the events of its trial alone. */
function cellsOf({ events, violations, status, reason }: TrialResult, calmRequests: number): readonly string[] {
  const requests = events.filter(({ type }) => type === 'prompt-received').length
  const effects = events.filter((event) => event.type === 'effect-applied')
  const settled = events.find((event) => event.type === 'run-settled')
  const late = settled?.status === 'failed' && effects.some(({ seq }) => seq > settled.seq)
  const took = (((settled ?? events.at(-1))?.vt ?? 0) / 1000).toFixed(1)
  const broke = new Set(violations.map(({ invariant }) => invariant))
  return [
    requests === calmRequests ? `${requests}` : `${requests} (calm day: ${calmRequests})`,
    tally(effects.map(({ operation }) => operation)),
    `${status} (${reason})${late ? '; an effect landed after that' : ''}`,
    status === 'waiting' ? 'never' : `${took} s`,
    [...broke].join(', ') || '–',
  ]
}

function tally(names: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} ×${count}`)).join(', ') || 'nothing'
}
