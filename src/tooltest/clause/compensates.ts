/** Its compensation undoes a call exactly: also twice, after a lost answer, and when the call never took effect. */

import fc from 'fast-check'
import type { Case, PlannedCall } from '../run/case.js'
import type { CaseHistory } from '../run/case-history.js'
import { broken, type Clause, doesNotApply, held, type Judgement, notJudged, skip } from './clause.js'
import { oneRequest } from './one-call.js'

const ways = ['done', 'twice', 'answer-lost', 'request-lost', 'refused'] as const
type Way = (typeof ways)[number]

const told: Readonly<Record<Way, string>> = {
  done: 'a call that was done, undone',
  twice: 'a call that was done, undone twice',
  'answer-lost': 'a call whose answer was lost, undone',
  'request-lost': 'a call that never took effect, undone',
  refused: 'a call that was refused, undone',
}

export const compensates: Clause = {
  name: 'compensates',
  says: 'compensates',
  weight: 2,
  plays: 2,
  beside: ({ facts, hasBackends }) => {
    if (facts.effect === 'read') return doesNotApply('does not apply to a read')
    if (!facts.compensates) return notJudged('none declared')
    return hasBackends ? undefined : notJudged('no backend knows what there was before (`backends`)')
  },
  cases: (kit) =>
    fc
      .record({
        input: kit.inputs.plain,
        way: fc.constantFrom(...ways),
        request: oneRequest(kit),
      })
      .map(({ input, way, request }) => [{ calls: [], troubles: [] }, undone(input, way, request)]),
  judge: ([before, after]) => (before && after ? judged(before, after) : skip),
  kept: (exercised) => `${exercised} calls undone`,
}

function undone(input: unknown, way: Way, request: number): Case {
  const call: PlannedCall = { input, intent: 0 }
  const undo: PlannedCall = { ...call, undo: true }
  const isStruck = way !== 'done' && way !== 'twice'
  return {
    calls: way === 'twice' ? [call, undo, undo] : [call, undo],
    troubles: isStruck ? [{ call: 0, request, what: way }] : [],
    about: told[way],
  }
}

function judged(before: CaseHistory, after: CaseHistory): Judgement {
  const { planned, struck, effects, calls } = after
  if (struck.length < planned.troubles.length) return skip
  const isUndo = (call: number | undefined): boolean => calls[call ?? -1]?.planned.undo === true
  const forward = effects.filter(({ call }) => !isUndo(call))
  const back = effects.filter(({ call }) => isUndo(call))
  if (forward.length === 0 && planned.troubles.length === 0) return skip
  const broke = after.tellsUndone ? byLedger(forward, back) : byState(before, after)
  return broke === undefined ? held : { ...broken(broke), shows: [1] }
}

type Effects = CaseHistory['effects']

function byLedger(forward: Effects, back: Effects): string | undefined {
  const open = forward.find(({ id }) => !back.some((effect) => effect.compensates === id))
  if (open) return `leaves ${open.backend}.${open.operation} undone`
  const extra = back.find(({ compensates: id }) => id === undefined)
  return extra && `does ${extra.backend}.${extra.operation} although there was nothing left to undo`
}

function byState(before: CaseHistory, after: CaseHistory): string | undefined {
  const changed = Object.keys(before.states).find((name) => before.states[name] !== after.states[name])
  return changed && `what ${changed} holds is not what it held before`
}
