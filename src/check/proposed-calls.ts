/** Which call of the run a provider's id stands for: read from where the model proposed it, never from the id alone. */

import type { EventOf } from '../core/event.js'
import type { ProposedCall } from '../core/message.js'

interface Answer {
  readonly turn: number
  readonly calls: readonly ProposedCall[]
}

/** The complete answers of a history that hold calls, in order. */
export interface ProposedCalls {
  readonly answers: Answer[]
  /** The same, by turn. */
  readonly byTurn: Map<number, Answer[]>
}

export const noProposals = (): ProposedCalls => ({ answers: [], byTurn: new Map() })

/** Notes what the model proposed; answers that were cut short propose nothing. */
export function noteAnswer(proposals: ProposedCalls, event: EventOf<'model-answered'>): void {
  const { turn, calls, complete } = event
  if (!complete || calls.length === 0) return
  const answer = { turn, calls }
  proposals.answers.push(answer)
  const ofTurn = proposals.byTurn.get(turn)
  if (ofTurn) ofTurn.push(answer)
  else proposals.byTurn.set(turn, [answer])
}

/** The call behind a path in each answer of its turn: of one that was given up, the answer may still come, and come last. */
export function allProposedAt({ byTurn }: ProposedCalls, path: string): readonly ProposedCall[] {
  return (byTurn.get(turnOf(path)) ?? []).flatMap(({ calls }) => calls[indexOf(path)] ?? [])
}

/** The call behind a path, as the model last proposed it. */
export function proposedAt(proposals: ProposedCalls, path: string | undefined): ProposedCall | undefined {
  return path === undefined ? undefined : proposals.byTurn.get(turnOf(path))?.at(-1)?.calls[indexOf(path)]
}

/**
 * The turns whose answer an assistant message may show: the same tools under the same ids and arguments or, where an
 * agent renames ids or rewrites arguments, under one of the two. Several when a model repeats itself, none when unknown.
 */
export function turnsShown(proposals: ProposedCalls, shown: readonly ProposedCall[]): number[] {
  const exact = matching(proposals, shown, (a, b) => a.id === b.id && a.arguments === b.arguments)
  return exact.length > 0 ? exact : matching(proposals, shown, (a, b) => a.id === b.id || a.arguments === b.arguments)
}

function matching(
  proposals: ProposedCalls,
  shown: readonly ProposedCall[],
  same: (a: ProposedCall, b: ProposedCall) => boolean,
): number[] {
  const turns: number[] = []
  for (const { turn, calls } of proposals.answers) {
    if (calls.length !== shown.length) continue
    if (calls.every((call, index) => call.tool === shown[index]!.tool && same(call, shown[index]!))) turns.push(turn)
  }
  return turns
}

/** `t1.c0/t3.c1` is a call of the subagent that `t1.c0` began: its own watch judges it. */
export const isNested = (path: string): boolean => path.includes('/')

/** The call that the model of the run proposed: itself, the one it takes back, or the one within which a subagent made it. */
export const orderOf = (path: string): string => /^t\d+\.c\d+/.exec(path)?.[0] ?? path

/** `t3.c1` → 3; NaN for anything that is no path. */
export const turnOf = (path: string): number => Number(path.slice(1, path.indexOf('.')))

/** `t3.c1` → 1. */
export const indexOf = (path: string): number => Number(path.slice(path.indexOf('.c') + 2))
