/** Checks a tool, clause by clause, in simulated worlds. */

import fc from 'fast-check'
import type { Backends } from '../core/backend.js'
import { requireFields, requireWhole } from '../core/definition.js'
import type { InputOf } from '../core/tool.js'
import type { Verdict } from '../core/verdict.js'
import { definitionOf } from '../sim/define-backend.js'
import type { ClauseOnCard, ToolCard } from './card.js'
import type { Clause, ClauseName, Kit } from './clause/clause.js'
import { clauses } from './clause/registry.js'
import { factsOf } from './facts.js'
import { type Fields, inputsOf, sample } from './input/inputs.js'
import { valuesOf } from './input/values.js'
import type { AnyToolOptions, ToolOptions } from './options.js'
import { firstStates } from './run/first-states.js'
import { type Play, play, type Stage } from './run/play.js'
import { storyLines } from './story.js'
import { suggestion } from './suggest.js'
import { takeTool } from './take/take-tool.js'
import type { TakenTool } from './take/taken-tool.js'
import { type Breach, tryClause } from './try-clause.js'

const defaultCases = 1_000
const defaultSeed = 1
/** Calm calls from which it is read what the tool does: half of them plain, half wild. */
const looks = 10
const fields = ['backends', 'claims', 'inputs', 'compensate', 'without', 'cases', 'seed', 'name']

/**
 * Checks a tool of any kind: what it promises, what it keeps, and the smallest call that shows where it does not. Calls the tool some
 * thousand times, each in a simulated world: nothing leaves the process. Throws a `config` error for what is no tool, for a tool without
 * a schema, and for a schema that inputs cannot be made from, which names the field.
 */
export async function checkTool<T, B extends Backends = {}>(
  tool: T,
  options: ToolOptions<InputOf<T>, B> = {},
): Promise<ToolCard> {
  return checkTaken(takeTool(tool, options.name ?? 'tool'), options)
}

/** The same for a tool that has been taken already. */
export async function checkTaken(taken: TakenTool, options: AnyToolOptions): Promise<ToolCard> {
  requireFields('config', 'the options of a tool test', options, fields)
  const { backends = {}, claims = {}, compensate, cases = defaultCases, seed = defaultSeed, without = {} } = options
  requireWhole('the tool test', { cases }, 1)
  const tool = options.name === undefined ? taken : { ...taken, name: options.name }
  const stage: Stage = { tool, backends, compensate, answers: answersOf(tool, seed) }
  let plays = 0
  const counted: Play = (one, callSites) => {
    plays++
    return play(stage, one, callSites)
  }
  const own = (options.inputs?.({ fc, state: firstStates(backends) }) ?? {}) as Fields
  const inputs = inputsOf(tool.input, own, seed)
  const looked = [...sample(inputs.plain, seed, looks), ...sample(inputs.wild, seed, looks)]
  const facts = await factsOf(tool, claims, compensate !== undefined, looked, counted)
  const kit: Kit = { tool, inputs, facts, hasBackends: Object.keys(backends).length > 0, secrets: secretsOf(backends) }
  const judged = clauses.filter((clause) => without[clause.name] === undefined && !clause.beside(kit))
  const weights = judged.reduce((sum, { weight }) => sum + weight, 0)
  const left = Math.max(0, cases - plays)
  let played = plays
  const results = new Map<ClauseName, ClauseOnCard>()
  for (const clause of clauses) {
    if (!judged.includes(clause)) {
      results.set(clause.name, besideOnCard(clause, kit, without[clause.name]))
      continue
    }
    const tried = await tryClause(clause, kit, counted, Math.floor((left * clause.weight) / weights), seed)
    played += tried.played
    results.set(clause.name, onCard(clause, tool.name, tried.exercised, tried.breach))
  }
  return {
    name: tool.name,
    kind: tool.kind,
    verdict: verdictOf([...results.values()]),
    seed,
    cases: played,
    facts,
    clauses: Object.fromEntries(results) as ToolCard['clauses'],
    suggestion: suggestion(facts, results.get('idempotent')),
  }
}

/** Made-up services answer with what the tool promises to return: often it hands on what it was told. */
function answersOf({ output }: TakenTool, seed: number): Stage['answers'] {
  if (!output) return {}
  const [value] = sample(valuesOf(output.json, 'plain'), seed, 1)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Stage['answers']) : {}
}

function besideOnCard({ says, beside }: Clause, kit: Kit, because: string | undefined): ClauseOnCard {
  const known = beside(kit)
  const { kind, why } =
    because === undefined || known?.kind === 'does-not-apply'
      ? (known as NonNullable<typeof known>)
      : { kind: 'not-judged' as const, why: because }
  const told = kind === 'not-judged' ? `not judged: ${why}` : why
  return { verdict: 'unknown', exercised: 0, says, told, witness: [], beside: kind }
}

function onCard({ says, kept }: Clause, name: string, exercised: number, breach: Breach | undefined): ClauseOnCard {
  if (exercised === 0)
    return {
      verdict: 'unknown',
      exercised,
      says,
      told: 'not judged: it never came up',
      witness: [],
      beside: 'never-arose',
    }
  if (!breach) return { verdict: 'valid', exercised, says, told: kept(exercised), witness: [] }
  const about = breach.histories.flatMap((history) => [
    ...(history.planned.about ? [`${history.planned.about}:`] : []),
    ...storyLines(name, history),
  ])
  return { verdict: 'invalid', exercised, says, told: breach.why, witness: [...about, ...(breach.hints ?? [])] }
}

const secretsOf = (backends: Backends): readonly string[] =>
  Object.values(backends).flatMap((backend) => definitionOf(backend).secrets)

function verdictOf(results: readonly ClauseOnCard[]): Verdict {
  if (results.some(({ verdict }) => verdict === 'invalid')) return 'invalid'
  return results.some(({ verdict }) => verdict === 'valid') ? 'valid' : 'unknown'
}
