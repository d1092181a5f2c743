/** `cache-freshness`: what was read before is not served once it may have changed. Broken by a cache that no write empties. */

import type { EventOf } from '../../core/event.js'
import { type CacheHits, keepsReads, mayOverlap, noHits, noteStart, whenServed } from '../cache-hits.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'

export const cacheFreshness: Check<CacheHits> = {
  name: 'cache-freshness',
  says: 'A result is served once more only while nothing has written to what it was read from; writes and failures never.',
  kind: 'safety',
  clauses: {
    a: 'no write to the same resources began since the result was read',
    b: 'only an ok result of a call that changes nothing is served',
  },
  usual: 'let go of what was read when a write to its resources begins, and keep no writes and no failures',
  mutant: 'cache-key-args-only',
  concerns: (facts) => keepsReads(facts),
  start: noHits,
  on: {
    ...whenServed(judgeServed),
    'attempt-start': (state, event, judge) => {
      noteStart(state, event)
      return judge.skip
    },
  },
  met: ({ writes }) => writes.size > 0,
}

function judgeServed(state: CacheHits, event: EventOf<'call-settled'>, source: string, judge: Judge): Judgement {
  const { call, tool } = event
  const [intent, read] = [state.intents.get(call), state.settled.get(source)]
  if (!intent || !read) return judge.skip
  if (intent.effect !== 'read' || read.outcome !== 'ok') {
    const what = intent.effect === 'read' ? 'a failure' : 'a write'
    return judge.broken(`${call} (${tool}) was answered with what ${source} had got: ${what}`, { clause: 'b', tool })
  }
  for (const [write, seq] of state.writes) {
    const written = state.intents.get(write)
    if (seq < read.seq || !written || !mayOverlap(written, intent)) continue
    const because = `${call} (${tool}) was answered with what ${source} had read before ${write} (${written.tool}) wrote to it`
    return judge.broken(because, { witness: [read.seq, seq, event.seq], tool })
  }
  return judge.held
}
