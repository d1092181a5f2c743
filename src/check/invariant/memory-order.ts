/** `memory-order`: memories are read in the order in which they were written, and written after the batch they come from. Broken by an agent that sorts by timestamps. */

import type { EventOf } from '../../core/event.js'
import type { MemoryItem, ReadItem } from '../../core/memory.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'

interface State {
  /** The last turn whose batch was committed. */
  committed: number
  last: number
  readonly written: Map<string, MemoryItem & { readonly seq: number }>
  readonly texts: Map<string, string>
  read: EventOf<'memory-read'> | undefined
}

export const memoryOrder: Check<State> = {
  name: 'memory-order',
  says: 'Memories are read in the order of their commits, and the next turn can see what a turn has written.',
  kind: 'safety',
  clauses: {
    a: 'what is read, and shown, stands in the order in which it was written, whatever the timestamps say',
    b: 'memory is written after the batch commit, and the next read sees all of it',
    c: 'a conclusion names the items it was drawn from and is trusted no more than they are',
  },
  usual: 'number memories as they are committed, write them with the batch commit, and order by that number alone',
  mutant: 'sort-by-timestamp',
  concerns: (facts) => facts.own,
  start: () => ({ committed: 0, last: 0, written: new Map(), texts: new Map(), read: undefined }),
  on: {
    'batch-commit': (state, event, judge) => {
      state.committed = event.turn
      return judge.skip
    },
    'memory-written': (state, event, judge) => judgeWritten(state, event, judge),
    'memory-read': (state, event, judge) => judgeRead(state, event, judge),
    'prompt-received': (state, event, judge) => judgePrompt(state, event, judge),
  },
  met: (state) => state.last > 0,
}

function judgeWritten(state: State, event: EventOf<'memory-written'>, judge: Judge): Judgement {
  for (const item of event.items) {
    const witness = [event.seq]
    if (item.version <= state.last) {
      return judge.broken(`memory ${item.id} got number ${item.version} after ${state.last}`, { clause: 'a', witness })
    }
    state.last = item.version
    if (item.kind === 'observation' && event.turn > state.committed) {
      const because = `memory ${item.id} of turn ${event.turn} was written before the batch of that turn was committed`
      return judge.broken(because, { clause: 'b', witness })
    }
    const sources = item.sources.map((id) => state.written.get(id))
    const rises = item.trust === 'trusted' && sources.some((source) => source?.trust === 'untrusted')
    if (item.kind === 'reflection' && (sources.length === 0 || sources.includes(undefined) || rises)) {
      const because = rises ? 'is trusted more than its sources' : 'names no source, or one that was never written'
      return judge.broken(`the conclusion ${item.id} ${because}`, { clause: 'c', witness })
    }
    state.written.set(item.id, { seq: event.seq, ...item })
    state.texts.set(item.id, item.text)
  }
  return judge.skip
}

function judgeRead(state: State, event: EventOf<'memory-read'>, judge: Judge): Judgement {
  state.read = event
  if (event.through !== state.last) {
    const because = `turn ${event.turn} read memory up to ${event.through}, although ${state.last} was written`
    return judge.broken(because, { clause: 'b' })
  }
  for (const item of event.items) if (item.text !== undefined) state.texts.set(item.id, item.text)
  for (let i = 1; i < event.items.length; i++) {
    const [before, item] = [event.items[i - 1] as ReadItem, event.items[i] as ReadItem]
    if (before.origin !== item.origin || before.version < item.version) continue
    const because = `turn ${event.turn} read memory ${before.id} (${before.version}) before ${item.id} (${item.version})`
    const witness = [before, item].flatMap(({ id }) => state.written.get(id)?.seq ?? [])
    return judge.broken(because, { clause: 'a', witness: [...new Set([...witness, event.seq])] })
  }
  return event.items.length > 1 ? judge.held : judge.skip
}

/** What was read is what the prompt shows, in the same order. */
function judgePrompt(state: State, event: EventOf<'prompt-received'>, judge: Judge): Judgement {
  const items = state.read?.items ?? []
  if (items.length === 0) return judge.skip
  const notes = event.messages.map((message) => (message.role === 'user' ? message.text : '')).join('\n')
  let from = 0
  for (const { id } of items) {
    const text = state.texts.get(id) ?? ''
    const at = notes.indexOf(text, from)
    if (at < 0)
      return judge.broken(`the prompt of turn ${event.turn} does not show memory ${id} in its place`, { clause: 'a' })
    from = at + text.length
  }
  return items.length > 1 ? judge.held : judge.skip
}
