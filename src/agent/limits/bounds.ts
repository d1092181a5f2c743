/** What an agent may declare of its resilience, checked and with its defaults. */

import { requireFields, came as shown } from '../../core/definition.js'
import { StormproofError } from '../../core/error.js'
import type { BreakerPolicy } from '../../resilience/breaker.js'
import type { RetryPolicy } from '../../resilience/retry.js'
import { defaultBreaker, defaultRetry } from '../defaults.js'
import type { BudgetPolicy } from './spending.js'

/** Milliseconds unless they are counts. */
export interface BoundOptions {
  /** `retries` instead of `attempts` counts those after the first. */
  readonly retry?: (Partial<RetryPolicy> & { readonly retries?: number }) | undefined
  readonly breaker?: Partial<BreakerPolicy> | undefined
  readonly budget?: BudgetPolicy | undefined
}

const longestMs = 2 ** 31 - 1

/** Throws a `config` error for what is no bound: a budget that cannot be read never means that there is none. */
export function boundsOf({ retry: given = {}, breaker: door, budget }: BoundOptions, attempts: number) {
  requireFields('config', 'retry', given, ['retries', ...Object.keys(defaultRetry)])
  if (door !== undefined) requireFields('config', 'breaker', door, ['failures', 'resetMs', 'countUnit', 'shared'])
  if (budget !== undefined) requireBudget(budget)
  const { retries, ...rest } = given
  const retry: RetryPolicy = { ...defaultRetry, attempts: retries === undefined ? attempts : retries + 1, ...rest }
  const breaker: BreakerPolicy = { ...defaultBreaker, ...door }
  inRange('retry.attempts', retry.attempts, 1)
  for (const key of ['baseMs', 'jitterMs', 'maxDelayMs'] as const) inRange(`retry.${key}`, retry[key], 0, longestMs)
  if (!(retry.factor >= 1)) refuse('retry.factor', 'at least 1', retry.factor)
  inRange('breaker.failures', breaker.failures, 1)
  inRange('breaker.resetMs', breaker.resetMs, 0, longestMs)
  for (const key of ['tokens', 'outputTokens'] as const) {
    if (budget?.[key] !== undefined) inRange(`budget.${key}`, budget[key], 0)
  }
  const { cost, price, pool } = budget ?? {}
  for (const [key, amount] of Object.entries({ cost, input: price?.input, output: price?.output })) {
    if (amount !== undefined && !(amount >= 0 && amount < Infinity)) refuse(`budget.${key}`, 'an amount from 0', amount)
  }
  if (pool) {
    inRange('budget.pool.tokens', pool.tokens, 0)
    if (budget?.tokens === undefined) refuse('budget.tokens', 'given where there is a pool', budget?.tokens)
  }
  return { retry, breaker, budget }
}

/** One that bounds nothing was meant to bound something. */
function requireBudget(budget: BudgetPolicy): void {
  requireFields('config', 'budget', budget, ['tokens', 'cost', 'price', 'outputTokens', 'pool'])
  if (Object.values(budget).every((bound) => bound === undefined)) refuse('budget', 'of tokens or cost', budget)
  if (budget.cost && !budget.price) refuse('budget.price', 'given where there is a cost', budget.price)
  if (budget.price) requireFields('config', 'budget.price', budget.price, ['input', 'output'])
  if (budget.pool) requireFields('config', 'budget.pool', budget.pool, ['name', 'tokens'])
}

function inRange(name: string, value: number, least: number, most = Number.MAX_SAFE_INTEGER): void {
  if (!(Number.isSafeInteger(value) && value >= least && value <= most)) {
    refuse(name, `a whole number from ${least} to ${most}`, value)
  }
}

function refuse(name: string, expected: string, came: unknown): never {
  throw new StormproofError('config', `${name} must be ${expected}, not ${shown(came)}`, {
    remedy: 'correct it, or leave it out for its default',
  })
}
