/** How much of a conversation a prompt shows: what the agent declares, checked and with its defaults. */

import { StormproofError } from '../../core/error.js'
import { estimate } from '../../core/estimate.js'
import type { Budgets, ContextOptions } from '../../core/prompt.js'

export type ContextPolicy = Required<Omit<ContextOptions, 'summarise' | 'retract' | 'budgets'>> &
  Pick<ContextOptions, 'summarise' | 'retract'> & { readonly budgets: Budgets }

export const warnPercent = 70
export const compactPercent = 85
/** Where compaction stops, so that the next one is some turns away. */
export const targetPercent = 50

const defaultBudgets: Budgets = { system: 2_000, history: 10_000, documents: 20_000, toolResults: 5_000 }

/** Throws a `config` error for bounds that no prompt could keep. */
export function contextPolicy(options: ContextOptions, instructions: string): ContextPolicy {
  const { windowTokens, keepTurns = 3, tags = {} } = options
  const reserveTokens = options.reserveTokens ?? Math.min(4_000, Math.floor(windowTokens / 10))
  const budgets = { ...defaultBudgets, ...options.budgets }
  const numbers = Object.entries({ windowTokens, reserveTokens, keepTurns, ...budgets })
  const wrong = numbers.find(([, value]) => !Number.isSafeInteger(value) || value < 0)
  insist(!wrong, `context.${wrong?.[0]} must be a whole number from 0, not ${wrong?.[1]}`)
  insist(keepTurns >= 1, 'context.keepTurns must be 1 at least')
  insist(reserveTokens < windowTokens, `a window of ${windowTokens} tokens cannot hold a reserve of ${reserveTokens}`)
  const system = estimate(instructions)
  insist(system <= budgets.system, `the instructions take ${system} tokens, the budget is ${budgets.system}`)
  return { ...options, windowTokens, reserveTokens, budgets, keepTurns, tags }
}

function insist(holds: boolean, problem: string): void {
  if (!holds) throw new StormproofError('config', problem, { remedy: 'correct the field `context` of the agent' })
}
