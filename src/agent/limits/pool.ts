/** A budget that many sessions share: each sets its own aside when it starts, and settles when it ends. */

import type { Json } from '../../core/json.js'
import { amountOf, reserve } from '../../resilience/budget.js'
import type { Run } from '../run.js'
import { updateCell } from './shared-cell.js'

/** A type alias, so that it is JSON to the compiler. Sessions that have not settled stand in `open`, each once. */
type Pool = { readonly spent: number; readonly open: readonly (readonly [session: string, tokens: number])[] }

/** Contents that are no pool are a pool that is spent. */
function poolOf(value: Json | undefined): Pool {
  const pool = (value ?? { spent: 0, open: [] }) as Partial<Pool>
  const isPool = typeof pool.spent === 'number' && Array.isArray(pool.open)
  return isPool ? (pool as Pool) : { spent: Number.POSITIVE_INFINITY, open: [] }
}

/** False: what is left for all does not hold this session's budget. */
export async function joinsPool({ agent: { budget }, ports, session }: Run): Promise<boolean> {
  if (!budget?.pool) return true
  const { name, tokens: limit } = budget.pool
  return updateCell(ports, `budget/${name}`, (value) => {
    const { spent, open } = poolOf(value)
    if (open.some(([one]) => one === session)) return [undefined, true]
    const tokens = amountOf(budget.tokens)
    const reserved = open.reduce((sum, [, amount]) => sum + amount, 0)
    if (!reserve({ limit: amountOf(limit), spent, reserved }, tokens)) return [undefined, false]
    return [{ spent, open: [...open, [session, tokens]] }, true]
  })
}

/** Before `run-end` is written: a crash between the two settles again, which changes nothing. */
export async function leavePool({ agent: { budget }, ports, session, state }: Run): Promise<void> {
  if (!budget?.pool) return
  await updateCell(ports, `budget/${budget.pool.name}`, (value) => {
    const { spent, open } = poolOf(value)
    if (!open.some(([one]) => one === session)) return [undefined, undefined]
    const used = state.spending?.tokens.spent ?? 0
    return [{ spent: spent + used, open: open.filter(([one]) => one !== session) }, undefined]
  })
}
