/** `checkpoint-atomic`: what is stored is one state, as it was when it was handed over. Broken by an agent that goes on changing what is still being written. */

import type { Check } from '../invariant.js'

interface State {
  /** Versions that a commit left behind, by session. */
  readonly committed: Map<string, Set<number>>
  /** A write was late, or went wrong. */
  isTroubled: boolean
  arose: boolean
}

export const checkpointAtomic: Check<State> = {
  name: 'checkpoint-atomic',
  says: 'A stored state is one that was committed as a whole: nothing of it changed while it was written, and none of it is missing.',
  kind: 'safety',
  clauses: {
    a: 'what is written is what was handed over, however long the write takes and whatever happens meanwhile',
    b: 'a load shows the log as one of its commits left it, never a part of one',
  },
  usual: 'hand the store a copy, or data that nobody changes any more, and write all of it or nothing',
  mutant: 'serialise-live-state',
  concerns: (facts) => facts.own,
  start: () => ({ committed: new Map(), isTroubled: false, arose: false }),
  on: {
    'fault-landed': (state, { fault }, judge) => {
      if (fault.startsWith('store/')) state.isTroubled = true
      return judge.skip
    },
    'state-commit': (state, event, judge) => {
      const { session, version, handed, written, types, seq } = event
      const versions = state.committed.get(session)
      if (versions) versions.add(version)
      else state.committed.set(session, new Set([version]))
      if (handed === undefined) return judge.skip
      state.arose = true
      if (handed === written) return judge.held
      const because = `${types.join(', ')} changed between the moment the store was asked to write and the moment it did`
      return judge.broken(because, { clause: 'a', witness: [seq] })
    },
    'state-load': (state, { session, version, seq }, judge) => {
      const isWhole = version === 0 || state.committed.get(session)?.has(version) === true
      if (!isWhole) {
        const because = `version ${version} of ${session} was loaded, which no commit left behind`
        return judge.broken(because, { clause: 'b', witness: [seq] })
      }
      if (!state.isTroubled) return judge.skip
      state.arose = true
      return judge.held
    },
  },
  met: (state) => state.arose,
}
