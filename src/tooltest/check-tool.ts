/** Checks a tool, clause by clause, in simulated worlds. */

import fc from 'fast-check'
import type { Backends } from '../core/backend.js'
import { requireFields, requireWhole } from '../core/definition.js'
import { canonical } from '../core/json.js'
import type { InputOf } from '../core/tool.js'
import type { Verdict } from '../core/verdict.js'
import { answerNodeHttp, answersNodeHttp } from '../scenario/node-http-answers.js'
import { definitionOf } from '../sim/define-backend.js'
import type { ClauseOnCard, ToolCard } from './card.js'
import { besideOf, type ClauseName, type Kit } from './clause/clause.js'
import { clauses } from './clause/registry.js'
import { type Danger, deadlyOnCard, noDanger } from './deadly.js'
import { type Facts, factsOf } from './facts.js'
import { type Fields, inputsOf, sample } from './input/inputs.js'
import { valuesOf } from './input/values.js'
import { judgeClauses } from './judge-clauses.js'
import { besideOnCard } from './on-card.js'
import type { AnyToolOptions, ToolOptions } from './options.js'
import { type Case, calmCall } from './run/case.js'
import { firstStates } from './run/first-states.js'
import { type Play, play, type Stage } from './run/play.js'
import { playForReal } from './run/play-for-real.js'
import { suggestion } from './suggest.js'
import { takeTool } from './take/take-tool.js'
import type { TakenTool } from './take/taken-tool.js'
import type { Playing } from './try-clause.js'

const defaultCases = 1_000
/** Of a tool that runs in real time. */
const realCases = 60
/** After so many calls without an answer no other is made. */
const mostUnanswered = 2
const defaultSeed = 1
/** Calm calls from which it is read what the tool does: half of them plain, half wild. */
const looks = 10
const fields = ['backends', 'claims', 'inputs', 'compensate', 'without', 'cases', 'seed', 'name']

/** What whoever runs a check in a process of its own hears of it, and knows before. */
export interface Watch {
  readonly danger: Danger
  /** Told of each case before it is played. */
  readonly onCase: (one: Case) => void
  readonly onBegin: (name: ClauseName) => void
  readonly onClause: (name: ClauseName, clause: ClauseOnCard) => void
}

/**
 * Checks a tool of any kind: what it promises, what it keeps, and the smallest call that shows where it does not. Calls the tool some
 * thousand times, each in a simulated world: nothing leaves the process. One that runs in another process, as a server of MCP over stdio
 * does, is called some dozen times for real. Throws a `config` error for what is no tool, for a tool without
 * a schema, and for a schema that inputs cannot be made from, which names the field.
 */
export async function checkTool<T, B extends Backends = {}>(
  tool: T,
  options: ToolOptions<InputOf<T>, B> = {},
): Promise<ToolCard> {
  return checkTaken(takeTool(tool, options.name ?? 'tool'), options)
}

/** The same for a tool that has been taken already. */
export async function checkTaken(taken: TakenTool, options: AnyToolOptions, watch?: Watch): Promise<ToolCard> {
  requireFields('config', 'the options of a tool test', options, fields)
  const { cases = taken.inRealTime ? realCases : defaultCases, seed = defaultSeed, without = {} } = options
  requireWhole('the tool test', { cases }, 1)
  const { danger = noDanger, ...heard } = watch ?? {}
  const { kit, playing, played } = await prepare(taken, options, watch)
  const judged = clauses.filter(
    (one) => without[one.name] === undefined && !besideOf(one, kit) && !deadlyOnCard(one, kit, danger),
  )
  const budget = Math.max(0, cases - played)
  const done = await judgeClauses({ clauses: judged, kit, playing, budget, seed, ...heard })
  const results = clauses.map((clause): readonly [ClauseName, ClauseOnCard] => [
    clause.name,
    deadlyOnCard(clause, kit, danger) ??
      done.results.get(clause.name) ??
      besideOnCard(clause, kit, without[clause.name]),
  ])
  const all = Object.fromEntries(results) as ToolCard['clauses']
  return {
    name: kit.tool.name,
    kind: kit.tool.kind,
    verdict: verdictOf(Object.values(all)),
    seed,
    cases: played + done.played,
    facts: kit.facts,
    clauses: all,
    suggestion: suggestion(kit.facts, all.idempotent),
  }
}

/** What clauses are judged with: the inputs, and what the tool does on a few calm calls. */
export async function prepare(
  taken: TakenTool,
  options: AnyToolOptions,
  watch?: Watch,
): Promise<{ readonly kit: Kit; readonly playing: Playing; readonly played: number }> {
  const { backends = {}, claims = {}, compensate, seed = defaultSeed } = options
  const tool = options.name === undefined ? taken : { ...taken, name: options.name }
  const stage: Stage = { tool, backends, compensate, answers: answersOf(tool, seed) }
  const deadly = new Set(watch?.danger.deadly.map(({ trial }) => canonical(trial)))
  let unanswered = 0
  const isDeadly = (one: Case): boolean =>
    unanswered >= mostUnanswered || (deadly.size > 0 && deadly.has(canonical(one)))
  let played = 0
  const counted: Play = async (one, callSites) => {
    played++
    watch?.onCase(one)
    if (!tool.inRealTime) return play(stage, one, callSites)
    const history = await playForReal(tool, one)
    unanswered += history.calls.filter(({ outcome }) => outcome.kind === 'waiting').length
    return history
  }
  const own = (options.inputs?.({ fc, state: firstStates(backends) }) ?? {}) as Fields
  const inputs = inputsOf(tool.input, own, seed)
  // Where calls end or stall their process, what is wild does it more often: plain ones tell as much.
  const wild = deadly.size > 0 ? [] : sample(inputs.wild, seed, looks)
  // One call for real: it may be that nobody answers it.
  const sampled = tool.inRealTime ? sample(inputs.plain, seed, 1) : [...sample(inputs.plain, seed, looks), ...wild]
  const looked = watch?.danger.isHopeless ? [] : sampled.filter((input) => !isDeadly(calmCall(input)))
  const read = (): Promise<Facts> => factsOf(tool, claims, compensate !== undefined, looked, counted)
  let facts = await read()
  if (!answersNodeHttp() && facts.leaks.some((leak) => /^a request to https?:/.test(leak))) {
    await answerNodeHttp()
    facts = await read()
  }
  const kit: Kit = { tool, inputs, facts, hasBackends: Object.keys(backends).length > 0, secrets: secretsOf(backends) }
  return { kit, playing: { play: counted, isDeadly }, played }
}

/** Made-up services answer with what the tool promises to return: often it hands on what it was told. */
function answersOf({ output }: TakenTool, seed: number): Stage['answers'] {
  if (!output) return {}
  const [value] = sample(valuesOf(output.json, 'plain'), seed, 1)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Stage['answers']) : {}
}

const secretsOf = (backends: Backends): readonly string[] =>
  Object.values(backends).flatMap((backend) => definitionOf(backend).secrets)

function verdictOf(results: readonly ClauseOnCard[]): Verdict {
  if (results.some(({ verdict }) => verdict === 'invalid')) return 'invalid'
  return results.some(({ verdict }) => verdict === 'valid') ? 'valid' : 'unknown'
}
