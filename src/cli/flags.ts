/** The flags of the command line, each with its text in the help: one table for parsing, help and suggestions. */

import { reaches } from '../explore/pairs.js'
import { strategyNames } from '../explore/strategies.js'

export interface Flag {
  readonly name: string
  readonly short?: string
  readonly kind: 'text' | 'switch'
  /** What stands for its value in the help. */
  readonly value?: string
  readonly says: string
  /** In the second screen of the help: what newcomers do not need. */
  readonly more?: boolean
}

export const flags: readonly Flag[] = [
  { name: 'trials', kind: 'text', value: 'N', says: 'storms a scenario (300)' },
  { name: 'cases', kind: 'text', value: 'N', says: 'tool: cases played, all clauses together (1000)', more: true },
  { name: 'time', kind: 'text', value: '60s', says: 'longest real time a scenario (30s)' },
  { name: 'seed', kind: 'text', value: 'TEXT', says: 'any text; the same seed gives the same storms (1)' },
  {
    name: 'faults',
    kind: 'text',
    value: 'PRESET',
    says: 'none light stormy hostile rb-0.1 rb-0.2 rb-0.3 hal (stormy)',
  },
  { name: 'strategy', kind: 'text', value: 'NAME', says: `how storms choose: ${strategyNames.join(' ')}`, more: true },
  {
    name: 'pairs',
    kind: 'text',
    value: 'REACH',
    says: `two faults at once, so near: ${reaches.join(' ')}`,
    more: true,
  },
  {
    name: 'filter',
    short: 't',
    kind: 'text',
    value: 'TEXT',
    says: 'scenarios whose name or file contains it, or /regex/',
  },
  { name: 'jobs', kind: 'text', value: 'N', says: 'worker processes (one a core)' },
  { name: 'hang', kind: 'text', value: '5s', says: 'longest real time without a sign of life in a trial (5s)' },
  { name: 'json', kind: 'switch', says: 'one JSON a line on stdout, everything else on stderr' },
  { name: 'reporter', kind: 'text', value: 'A,B', says: 'console agent ndjson html junit ctrf markdown github …' },
  { name: 'out', kind: 'text', value: 'DIR', says: 'where records go (.stormproof)' },
  { name: 'config', kind: 'text', value: 'FILE', says: 'default: stormproof.config.* here or above' },
  { name: 'from', kind: 'text', value: 'FILE', says: 'init: a recorded conversation, as JSON' },
  { name: 'progress', kind: 'text', value: 'HOW', says: 'auto bar line none (auto)' },
  { name: 'quiet', short: 'q', kind: 'switch', says: 'findings and the result only' },
  { name: 'verbose', short: 'v', kind: 'switch', says: "every gate and all of the agent's console" },
  { name: 'no-color', kind: 'switch', says: 'as NO_COLOR=1' },
  { name: 'last', kind: 'switch', says: 'replay: the first finding of the last campaign' },
  { name: 'hashes', kind: 'switch', says: 'doctor: one hash a scenario, to compare machines' },
  { name: 'until', kind: 'text', value: 'MOMENT', says: 'replay, fork: at event 412, or at 3.2s', more: true },
  {
    name: 'print',
    kind: 'text',
    value: 'A,B',
    says: 'replay: state prompt ledger, at that moment (state)',
    more: true,
  },
  { name: 'step', kind: 'switch', says: 'replay: one event at a time', more: true },
  { name: 'format', kind: 'text', value: 'NAME', says: 'trace: perfetto otlp shiviz mermaid (perfetto)', more: true },
  {
    name: 'trace-epoch',
    kind: 'text',
    value: 'TIME',
    says: 'otlp: when traces begin, `now` or a date (2020-01-01)',
    more: true,
  },
  { name: 'shard', kind: 'text', value: 'I/N', says: 'run part I of N of the campaign (see merge)', more: true },
  { name: 'allow-partial', kind: 'switch', says: 'merge: though a shard is missing; never green', more: true },
  {
    name: 'baseline',
    kind: 'text',
    value: 'DIR',
    says: 'a campaign before: anything new fails (run, report, merge)',
    more: true,
  },
  {
    name: 'reliability',
    kind: 'switch',
    says: 'also R(k, ε, λ) of each scenario, and when each finding was baked in',
    more: true,
  },
  { name: 'reproducible', kind: 'switch', says: 'no time of day in the record: equal runs, equal bytes', more: true },
  { name: 'help', short: 'h', kind: 'switch', says: 'this text' },
  { name: 'version', kind: 'switch', says: 'the version' },
]
