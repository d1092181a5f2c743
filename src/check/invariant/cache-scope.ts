/** `cache-scope`: what is served once more was read in the same session, by the same question. Broken by a cache that sessions share. */

import type { EventOf, Intent } from '../../core/event.js'
import { sameCanonical } from '../../core/json.js'
import { type CacheHits, keepsReads, noHits, whenServed } from '../cache-hits.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'

export const cacheScope: Check<CacheHits> = {
  name: 'cache-scope',
  says: 'A result is served once more only to the session that read it, for the same tool, version and arguments.',
  kind: 'safety',
  clauses: { a: 'the call whose result is served is one of this session, asked the same, and got this value' },
  usual: 'make the session, the tool, its version and the digest of the arguments part of the key of a cache',
  mutant: 'cache-key-args-only',
  concerns: (facts) => keepsReads(facts),
  start: noHits,
  on: whenServed(judgeServed),
  met: ({ settled }) => settled.size > 0,
}

function judgeServed(state: CacheHits, event: EventOf<'call-settled'>, source: string, judge: Judge): Judgement {
  const { call, tool, value } = event
  const [asked, before, read] = [state.intents.get(call), state.intents.get(source), state.settled.get(source)]
  const broken = (because: string): Judgement =>
    judge.broken(`${call} (${tool}) was answered with what ${source} had read, ${because}`, {
      witness: [...(read ? [read.seq] : []), event.seq],
      tool,
    })
  if (!asked || !before || !read) return broken('but no such call of this session had got an answer')
  if (!sameQuestion(asked, before)) return broken('which had been asked something else')
  return sameCanonical(read.value, value ?? null) ? judge.held : broken('but that had read something else')
}

const sameQuestion = (one: Intent, other: Intent): boolean =>
  one.tool === other.tool && one.version === other.version && one.argsDigest === other.argsDigest
