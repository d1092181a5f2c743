/** The mutant of the queue before a model. It is no change of an agent: whoever gives sessions one model hands it in. */

import type { nextInLane } from '../resilience/lanes.js'

/** Who came first goes first, under way or not. */
export const newBeforeResuming: typeof nextInLane = (waiting) => (waiting.length > 0 ? 0 : -1)
