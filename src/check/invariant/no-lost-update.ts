/** `no-lost-update`: every commit builds on the one before it. Broken by a store that takes what the last writer had in hand. */

import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'

interface Head {
  readonly version: number
  readonly seq: number
}

interface State {
  /** The last commit of each log. */
  readonly heads: Map<string, Head>
  overlapped: boolean
}

export const noLostUpdate: Check<State> = {
  name: 'no-lost-update',
  says: 'A commit never undoes one that its writer had not seen: of two that overlap, one is refused.',
  kind: 'safety',
  clauses: {
    a: 'the commits of a session are one chain: each follows the version that was the last',
    b: 'a shared cell is written only by who has seen its last value',
  },
  usual: 'write with the version you read, let the store refuse an older one, and read again before you try again',
  mutant: 'last-writer-wins',
  concerns: (facts) => facts.own,
  start: () => ({ heads: new Map(), overlapped: false }),
  on: {
    'state-commit': (state, event, judge) => {
      const { session, parent, version, seq } = event
      const lost = state.heads.get(session)
      state.heads.set(session, { version, seq })
      if (!lost || lost.version === parent) return judge.skip
      const because = `a writer that knew version ${parent} of ${session} wrote over version ${lost.version}: what was committed between them is gone`
      return judge.broken(because, { clause: 'a', witness: [lost.seq, seq] })
    },
    'cell-written': (_state, event, judge) => {
      // Others may write it whose history is not this one: a cell counts its writes.
      const { cell, parent, version, seq } = event
      if (parent === version - 1) return judge.skip
      const because = `the cell ${cell} was written by somebody who knew version ${parent} of it, although it had version ${version - 1}`
      return judge.broken(because, { clause: 'b', witness: [seq] })
    },
    // Two overlapped, and one of them was told so.
    'commit-refused': (state, _event, judge) => overlap(state, judge),
  },
  met: (state) => state.overlapped,
}

function overlap(state: State, judge: Judge): Judgement {
  state.overlapped = true
  return judge.held
}
