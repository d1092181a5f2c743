/** A call that is made again, because nobody knows what became of it, takes effect once. */

import fc from 'fast-check'
import type { Case } from '../run/case.js'
import type { CaseHistory } from '../run/case-history.js'
import { broken, type Clause, doesNotApply, held, type Judgement, type Kit, notJudged, skip } from './clause.js'
import { oneRequest } from './one-call.js'

/** Why a call is made again; the last two are harmless only to tools that promise it. */
const reasons = ['answer-lost', 'answer-cut', 'crash-after', 'unavailable', 'again', 'together'] as const
type Reason = (typeof reasons)[number]

const told: Readonly<Record<Reason, string>> = {
  'answer-lost': 'when an answer is lost',
  'answer-cut': 'when an answer breaks off',
  'crash-after': 'when the process crashes and goes on',
  unavailable: 'when a service is away for a moment',
  again: 'when the call is repeated under its key',
  together: 'when the call is made twice at once under its key',
}

export const idempotent: Clause = {
  name: 'idempotent',
  says: 'idempotent',
  weight: 4,
  plays: 2,
  beside: ({ facts }) => {
    if (facts.effect === 'read') return doesNotApply('does not apply to a read')
    if (facts.keyed === 'none') return notJudged("declared: `idempotency: 'none'`")
    return facts.requestsPerCall === 0 ? notJudged('it sent no request that could be lost') : undefined
  },
  cases: (kit) =>
    fc
      .record({
        input: kit.inputs.plain,
        reason: fc.constantFrom(...reasons.slice(0, kit.facts.keyed ? reasons.length : -2)),
        request: oneRequest(kit),
      })
      .map(({ input, reason, request }) => [
        twice(input, reason, request),
        { calls: [{ input, intent: 0 }], troubles: [] },
      ]),
  judge: ([history, once], kit) => (history && once ? judged(history, once, kit) : skip),
  kept: (exercised) => `${exercised} calls made again, no effect twice`,
}

function twice(input: unknown, reason: Reason, request: number): Case {
  const call = { input, intent: 0 }
  const isStruck = reason !== 'again' && reason !== 'together'
  return {
    calls: [call, reason === 'together' ? { ...call, beside: true } : call],
    troubles: isStruck ? [{ call: 0, request, what: reason }] : [],
    about: told[reason],
  }
}

function judged(history: CaseHistory, once: CaseHistory, { tool }: Kit): Judgement {
  const { effects, planned, struck } = history
  if (effects.length === 0 || struck.length < planned.troubles.length) return skip
  const intended = countsIn(once)
  for (const [name, perCall] of countsIn(history)) {
    const total = sum(perCall)
    // What breaks off may do less than an undisturbed call does, and the repetition the rest of it.
    if (total > Math.max(sum(intended.get(name) ?? []), ...perCall))
      return { ...broken(`the same ${tool.name} twice ${planned.about}`), shows: [0] }
  }
  return held
}

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0)

/** How often each effect was applied, by the call that asked for it; without those that may be repeated. */
function countsIn({ effects, calls }: CaseHistory): ReadonlyMap<string, readonly number[]> {
  const counts = new Map<string, number[]>()
  for (const { call = 0, backend, operation, once = '', repeatable } of effects) {
    if (repeatable) continue
    const name = `${backend} ${operation} ${once}`
    const perCall = counts.get(name) ?? calls.map(() => 0)
    perCall[call] = (perCall[call] ?? 0) + 1
    counts.set(name, perCall)
  }
  return counts
}
