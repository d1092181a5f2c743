/** An agent that must come through a campaign without a finding: every day through what four seconds hold of it, nightly through all of it. */

import type { Budget, Scenario } from 'stormproof'
import { expect } from 'vitest'

/** `npm run nightly` */
export const isNightly = process.env['MODE'] === 'nightly'

/** Fails unless no promise broke; nightly also unless all storms ran, after every single fault. Every day a slow machine runs fewer. */
export async function keepsAll(scenario: Scenario, budget: Budget & { readonly trials: number }): Promise<void> {
  // Not before its test has put the world under what it imports.
  const { simulate } = await import('stormproof')
  const { findings, trials } = await simulate(scenario, { ...budget, time: isNightly ? '20m' : '4s' })
  expect(findings).toEqual([])
  if (isNightly) expect(trials).toBe(budget.trials)
}
