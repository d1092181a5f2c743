/** `no-lost-update`: every commit builds on the one before it. Broken by a store that takes what the last writer had in hand. */

import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'

interface Head {
  readonly version: number
  readonly seq: number
}

interface State {
  /** The last commit of each log, and the last write of each cell. */
  readonly heads: Map<string, Head>
  readonly cells: Map<string, Head>
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
  start: () => ({ heads: new Map(), cells: new Map(), overlapped: false }),
  on: {
    'state-commit': (state, event, judge) => {
      const { session, parent, version, seq } = event
      const lost = follow(state.heads, session, parent, version, seq)
      if (!lost) return judge.skip
      const because = `a writer that knew version ${parent} of ${session} wrote over version ${lost.version}: what was committed between them is gone`
      return judge.broken(because, { clause: 'a', witness: [lost.seq, seq] })
    },
    'cell-written': (state, event, judge) => {
      const { cell, parent, version, seq } = event
      const lost = follow(state.cells, cell, parent, version, seq)
      if (!lost) return judge.skip
      const because = `the cell ${cell} was written by somebody who knew version ${parent} of it, although it had version ${lost.version}`
      return judge.broken(because, { clause: 'b', witness: [lost.seq, seq] })
    },
    // Two overlapped, and one of them was told so.
    'commit-refused': (state, _event, judge) => overlap(state, judge),
  },
  met: (state) => state.overlapped,
}

/** Notes the new head; the one it does not follow from, if there is one. */
function follow(heads: Map<string, Head>, name: string, parent: number, version: number, seq: number) {
  const head = heads.get(name)
  heads.set(name, { version, seq })
  return head && head.version !== parent ? head : undefined
}

function overlap(state: State, judge: Judge): Judgement {
  state.overlapped = true
  return judge.held
}
