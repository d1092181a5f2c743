/** `single-writer`: a session has one owner, and who was replaced writes nothing more. Broken by a store that looks at no epoch. */

import type { Check } from '../invariant.js'

interface Lease {
  readonly epoch: number
  readonly seq: number
}

interface State {
  /** Who owns a session, as far as the store has told. */
  readonly leases: Map<string, Lease>
  fenced: boolean
}

export const singleWriter: Check<State> = {
  name: 'single-writer',
  says: 'A session has one writer: once a later run of it has taken over, the earlier one writes nothing more.',
  kind: 'safety',
  clauses: {
    a: 'who opens a session to write gets an epoch that nobody had before',
    b: 'after a later epoch was given out, no commit of an earlier one is accepted',
  },
  usual: 'give each opener a higher fencing token, send it with every write, and let the store refuse a lower one',
  mutant: 'no-fencing',
  concerns: (facts) => facts.own,
  start: () => ({ leases: new Map(), fenced: false }),
  on: {
    'state-load': (state, event, judge) => {
      if (!event.isOpening) return judge.skip
      const { session, epoch, seq } = event
      const before = state.leases.get(session)
      state.leases.set(session, { epoch, seq })
      if (!before || epoch > before.epoch) return judge.skip
      const because = `two runs own ${session}: both were given epoch ${epoch}`
      return judge.broken(because, { clause: 'a', witness: [before.seq, seq] })
    },
    'state-commit': (state, event, judge) => {
      const { session, epoch, seq } = event
      const lease = state.leases.get(session)
      if (!lease || epoch >= lease.epoch) return judge.skip
      const because = `a run that had been replaced wrote to ${session}: its epoch is ${epoch}, and epoch ${lease.epoch} owned the session`
      return judge.broken(because, { clause: 'b', witness: [lease.seq, seq] })
    },
    'commit-refused': (state, event, judge) => {
      if (event.because !== 'fenced') return judge.skip
      state.fenced = true
      return judge.held
    },
  },
  met: (state) => state.fenced,
}
