/** A finding as a story: who did what when, in three lanes, cut to what the violation needs. Its texts are untrusted data. */

import type { AnyEvent } from '../core/event.js'
import type { Facts } from '../core/history.js'
import type { Violation } from '../core/verdict.js'
import { focusOn } from './story-focus.js'
import { headline } from './story-headline.js'
import { linesOf } from './story-lines.js'

/** One moment. At most two of the three lanes hold text. */
export interface StoryLine {
  readonly seq: number
  /** Virtual milliseconds since the trial began. */
  readonly vt: number
  /** What the model said or was told. */
  readonly model: string
  /** What the agent's code asked for and got. */
  readonly tools: string
  /** What truly happened. */
  readonly backend: string
  /** `request`: tools ──▶ backend; `answer`: back to tools. */
  readonly flow: 'request' | 'answer' | 'none'
  /** `fault`: the world's doing; `applied`: an effect; `broken`: where the promise broke. */
  readonly mark: 'plain' | 'fault' | 'applied' | 'broken'
}

export interface Story {
  /** One or two sentences in plain words. */
  readonly headline: string
  /** The name over the third lane. */
  readonly backend: string
  readonly lines: readonly StoryLine[]
  /** Moments left out because the story is full. */
  readonly hidden: number
}

/** A story longer than this is no longer read. */
const longest = 14

/** Tells what led to a violation. Pure: the same history gives the same story. */
export function tellStory(events: readonly AnyEvent[], violation: Violation, facts: Pick<Facts, 'backends'>): Story {
  const until = Math.max(violation.seq, ...violation.witness)
  const before = events.filter((event) => event.seq <= until)
  const focus = focusOn(before, violation)
  const weighed = linesOf(before, focus)
  const backends = facts.backends.length === 1 ? (facts.backends[0] as string) : 'services'
  const kept = heaviest(weighed)
  return {
    headline: headline(before, violation, focus),
    backend: backends,
    lines: kept.map((entry) => entry.line),
    hidden: weighed.length - kept.length,
  }
}

/** Keeps the lines that weigh most, the later first among equals (they are nearer to the violation), in their order of time. */
function heaviest<T extends { readonly weight: number }>(entries: readonly T[]): readonly T[] {
  if (entries.length <= longest) return entries
  const ranked = entries
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => b.entry.weight - a.entry.weight || b.index - a.index)
  return ranked
    .slice(0, longest)
    .sort((a, b) => a.index - b.index)
    .map(({ entry }) => entry)
}
