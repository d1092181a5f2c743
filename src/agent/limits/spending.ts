/** What a run may spend on its model: set aside before each call, charged after it. */

import type { LogEvent, LogEvents } from '../../core/event.js'
import type { Json } from '../../core/json.js'
import type { Usage } from '../../core/model.js'
import type { ErrorClass, Outcome } from '../../core/outcome.js'
import { amountOf, type Budget, budgetOf, charge, reserve, roughTokens } from '../../resilience/budget.js'
import type { Agent } from '../agent.js'
import { updateCell } from '../insist.js'
import type { Rules } from '../parts.js'
import type { Run } from '../run.js'
import type { Handlers, RunState } from '../state.js'

/** 0 means none; an absent amount is no bound. A run that cannot afford its next model call ends with `budget-exhausted`. */
export interface BudgetPolicy {
  /** Tokens in and out. */
  readonly tokens?: number
  /** In the unit of `price`. */
  readonly cost?: number
  /** Of a million tokens. */
  readonly price?: { readonly input: number; readonly output: number }
  /** The longest answer, set aside for every call. Default 4,096. */
  readonly outputTokens?: number
  /** What all runs that name it may spend together: a run sets its `tokens` aside when it starts, or is refused. */
  readonly pool?: { readonly name: string; readonly tokens: number }
}

export interface Spending {
  tokens: Budget
  cost: Budget
  pending: Amounts
  /** Tokens of the last prompt, and how many messages it held. */
  prompt: number
  messages: number
}

type Amounts = Pick<LogEvents['budget-charged'], 'tokens' | 'cost'>

const unlimited: Budget = { ...budgetOf(0), limit: Number.POSITIVE_INFINITY }
const limited = (amount: number | undefined): Budget => (amount === undefined ? unlimited : budgetOf(amount))

const amounts = ({ price = { input: 0, output: 0 } }: BudgetPolicy, input: number, output: number): Amounts => ({
  tokens: input + output,
  cost: (input * price.input + output * price.output) / 1_000_000,
})

function next({ messages }: RunState, spending: Spending, policy: BudgetPolicy): Amounts & { readonly prompt: number } {
  // Until the model has said how many there were.
  const prompt = spending.prompt + roughTokens(messages.slice(spending.messages))
  return { prompt, ...amounts(policy, prompt, policy.outputTokens ?? longestAnswer) }
}

const longestAnswer = 4_096

/** What the request says of it. */
export const answerBound = ({ budget }: Agent<unknown>): { readonly maxOutputTokens?: number } =>
  budget ? { maxOutputTokens: budget.outputTokens ?? longestAnswer } : {}

/** The next model call does not fit into what is left. */
export function isSpent(state: RunState, { budget }: Agent<unknown>): boolean {
  if (!budget || !state.spending) return false
  const { tokens, cost } = next(state, state.spending, budget)
  return !reserve(state.spending.tokens, tokens) || !reserve(state.spending.cost, cost)
}

/** Written with the start of a model call. */
export function reservation({ agent: { budget }, state }: Run, turn: number, attempt: number): readonly LogEvent[] {
  if (!budget || !state.spending) return []
  return [{ type: 'budget-reserved', turn, attempt, ...next(state, state.spending, budget) }]
}

/** Without an answer nobody knows what was used: all that was set aside. */
const unseen: ReadonlySet<ErrorClass> = new Set<ErrorClass>(['timeout', 'connection-lost'])

/** Written with its end. */
export function charging({ agent: { budget }, state }: Run, outcome: Outcome, usage?: Usage): readonly LogEvent[] {
  if (!budget || !state.spending) return []
  const { pending, prompt } = state.spending
  const { turn, attempts: attempt } = state.model
  const used = usage ?? { inputTokens: 0, outputTokens: 0 }
  const isUnseen = !usage && outcome.kind !== 'ok' && unseen.has(outcome.error.class)
  const { tokens, cost } = isUnseen ? pending : amounts(budget, used.inputTokens, used.outputTokens)
  return [{ type: 'budget-charged', turn, attempt, prompt: used.inputTokens || prompt, tokens, cost }]
}

export function openSpending(state: RunState, { agent: { budget } }: Rules): void {
  if (!budget) return
  const pending = { tokens: 0, cost: 0 }
  state.spending = { tokens: limited(budget.tokens), cost: limited(budget.cost), pending, prompt: 0, messages: 0 }
}

export const budgetHandlers: Handlers<'budget-reserved' | 'budget-charged'> = {
  'budget-reserved': ({ spending, messages }, event) => {
    if (!spending) return
    spending.pending = event
    spending.tokens = charge(spending.tokens, -event.tokens, 0)
    spending.cost = charge(spending.cost, -event.cost, 0)
    spending.prompt = event.prompt
    spending.messages = messages.length
  },
  'budget-charged': ({ spending }, { prompt, tokens, cost }) => {
    if (!spending) return
    spending.tokens = charge(spending.tokens, spending.pending.tokens, tokens)
    spending.cost = charge(spending.cost, spending.pending.cost, cost)
    spending.prompt = prompt
  },
}

/** A type alias, so that it is JSON to the compiler. Sessions that have not settled stand in `open`, each once. */
type Pool = { readonly spent: number; readonly open: readonly (readonly [session: string, tokens: number])[] }

/** Contents that are no pool are a pool that is spent. */
function poolOf(value: Json | undefined): Pool {
  const pool = (value ?? { spent: 0, open: [] }) as Partial<Pool>
  const isPool = typeof pool.spent === 'number' && Array.isArray(pool.open)
  return isPool ? (pool as Pool) : { spent: Number.POSITIVE_INFINITY, open: [] }
}

/** Changes the pool of a run, knowing whether the run has its place in it. */
const updatePool = <A>(run: Run, change: (pool: Pool, isIn: boolean) => readonly [Pool | undefined, A]): Promise<A> =>
  updateCell(run, `budget/${run.agent.budget?.pool?.name}`, (value) => {
    const pool = poolOf(value)
    const isIn = pool.open.some(([session]) => session === run.session)
    return change(pool, isIn)
  })

/** False: what is left for all does not hold this session's budget. */
export const joinsPool = (run: Run): Promise<boolean> =>
  updatePool(run, ({ spent, open }, isIn) => {
    if (isIn) return [undefined, true]
    const { tokens, pool } = run.agent.budget ?? {}
    const reserved = open.reduce((sum, [, amount]) => sum + amount, 0)
    if (!reserve({ limit: amountOf(pool?.tokens), spent, reserved }, amountOf(tokens))) return [undefined, false]
    return [{ spent, open: [...open, [run.session, amountOf(tokens)]] }, true]
  })

/** Before `run-end` is written: a crash between the two settles again, which changes nothing. */
export const leavePool = (run: Run): Promise<void> =>
  updatePool(run, ({ spent, open }, isIn) => {
    const used = run.state.spending?.tokens.spent ?? 0
    const others = open.filter(([session]) => session !== run.session)
    return [isIn ? { spent: spent + used, open: others } : undefined, undefined]
  })
