/** Mutants of what a store is given, of whom it believes, and of what guards it. */

import { withParts } from '../agent/agent.js'
import { checkOutput } from '../agent/validity.js'
import type { Json } from '../core/json.js'
import { ok } from '../core/outcome.js'
import { refusalOf, type Store } from '../core/store.js'
import type { Mutant } from './mutant.js'

/** For a store that looks at none. */
const anyEpoch = 0

/** One operation at a time, the lock of which is released by success alone. */
function leakily(store: Store): Store {
  let free: Promise<void> = Promise.resolve()
  const locked = async <T>(operation: () => Promise<T>): Promise<T> => {
    const before = free
    let release = (): void => {}
    free = new Promise((resolve) => {
      release = resolve
    })
    await before
    const answer = await operation()
    release()
    return answer
  }
  return {
    ...store,
    open: (...given) => locked(() => store.open(...given)),
    append: (session, expected, events) => locked(() => store.append(session, expected, events)),
    read: (session) => locked(() => store.read(session)),
  }
}

export const storeMutants: readonly Mutant[] = [
  {
    name: 'serialise-live-state',
    breaks: 'A result goes into the log as the tool holds it, and may change until it is written.',
    killedBy: ['checkpoint-atomic'],
    change: (agent) =>
      withParts(agent, {
        checkOutput: (tool, value) => {
          const checked = checkOutput(tool, value)
          return checked.kind === 'ok' && value !== undefined ? ok(value as Json) : checked
        },
      }),
  },
  {
    name: 'last-writer-wins',
    breaks: 'A store writes what a writer has in hand, whatever was written since the writer looked.',
    killedBy: ['no-lost-update'],
    change: (agent) => withParts(agent, { refusal: () => undefined }),
  },
  {
    name: 'no-fencing',
    breaks: 'A store does not ask whether a later run has taken the session over.',
    killedBy: ['single-writer'],
    change: (agent) =>
      withParts(agent, {
        refusal: ({ version }, expected) =>
          refusalOf({ version, epoch: anyEpoch }, { version: expected.version, epoch: anyEpoch }),
      }),
  },
  {
    name: 'lock-leaked-on-failure',
    breaks: 'The lock of a store is released where an operation succeeds, and kept where it fails.',
    killedBy: ['store-liveness'],
    change: (agent) => withParts(agent, { outside: (ports) => ({ ...ports, store: leakily(ports.store) }) }),
  },
]
