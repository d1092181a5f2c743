/** What each SDK's agent did under each fault on the wire, as a table: `npm run wire-table`, after `npm run test:sdk`. Nothing in it is written by hand. */

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { replaySource } from '../dist/src/explore/replay-source.js'
import { simplest } from '../dist/src/kernel/source.js'
import { runTrial } from '../dist/src/scenario/run-trial.js'
import { folder, loadScenario } from './scenario.js'

/** The turn that calls two tools at once. */
const turn = 'model/t2/a1'
const model = (alternative, details = {}) => ({ site: turn, alternative, details })
const cut = (mode, details = { after: '2' }) => model('model/stream-cut', { mode, ...details })
const service = (operation, alternative) => ({ site: `shop.${operation}#`, alternative, details: {} })

/** What goes wrong, in words: at which site, which alternative, with which details. */
const faults = {
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

function decisionsFor({ site, alternative, details }, visited) {
  const found = visited.find(({ label, kind }) => label.startsWith(site) && kind === 'outcome')
  if (!found) return undefined
  const more = Object.entries(details).map(([name, value]) => [`${found.label}@${name}`, value])
  return [[found.label, alternative], ...more]
}

/** What the run did, out of the events of its trial alone. */
function cellsOf(result, calmRequests) {
  const all = (type) => result.events.filter((event) => event.type === type)
  const requests = all('prompt-received').length
  const effects = all('effect-applied')
  const [settled] = all('run-settled')
  const late = settled?.status === 'failed' && effects.some(({ seq }) => seq > settled.seq)
  const took = ((settled ?? result.events.at(-1)).vt / 1000).toFixed(1)
  const broke = new Set(result.violations.map(({ invariant }) => invariant))
  return [
    requests === calmRequests ? `${requests}` : `${requests} (calm day: ${calmRequests})`,
    tally(effects.map(({ operation }) => operation)),
    `${result.status} (${result.reason})${late ? '; an effect landed after that' : ''}`,
    result.status === 'waiting' ? 'never' : `${took} s`,
    [...broke].join(', ') || '–',
  ]
}

function tally(names) {
  const counts = new Map()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} ×${count}`)).join(', ') || 'nothing'
}

async function linesOf(file) {
  const scenario = await loadScenario(`sdk/scenarios/${file}`)
  const calm = await runTrial(scenario, { source: simplest, calm: true, keepSites: true, keepGoing: true })
  const { intended } = calm.facts
  const asked = calm.events.filter(({ type }) => type === 'prompt-received').length
  const lines = []
  for (const [words, fault] of Object.entries(faults)) {
    const decisions = decisionsFor(fault, calm.visited)
    if (!decisions) continue
    const source = replaySource(decisions)
    const result = await runTrial(scenario, { source, intended, keepGoing: true })
    // A fault that this agent's wire does not offer, a cut where nothing streams, is no row.
    if (source.unconsumed().length > 0) continue
    lines.push(`| ${[scenario.name, words, ...cellsOf(result, asked)].join(' | ')} |`)
  }
  return lines
}

const heading = ['agent', 'what went wrong', 'requests to the model', 'executed', 'ended', 'after', 'broke']
const table = [`| ${heading.join(' | ')} |`, `|${heading.map(() => '---').join('|')}|`]
for (const file of readdirSync(`${folder}/sdk/scenarios`).filter((name) => /^(?!native-).*\.scenario\.ts$/.test(name)))
  table.push(...(await linesOf(file)))
const note = `Written by \`npm run wire-table\`. Each row is one trial with that one fault, in simulated time, judged by all checks.
Node's own fetch gives up on a body after 300 s without a byte, here as there; one kept open by pings is beyond its reach.`
mkdirSync(`${folder}/docs`, { recursive: true })
writeFileSync(
  `${folder}/docs/wire-table.md`,
  `# Agents on SDKs under faults on the wire\n\n${note}\n\n${table.join('\n')}\n`,
)
console.log(table.join('\n'))
process.exit(0)
