/** From when on a failure can no longer be escaped: from points of its history the world goes on by other chances, and how often the same promise breaks. */

export interface BakedInPoint {
  /** The event after which chance took over; 0 for the very beginning. */
  readonly seq: number
  /** The decision that was the last to be kept, in words; empty where it was none of those that the finding needs. */
  readonly what: string
  /** Continuations that broke the same promise in the same way. */
  readonly broken: number
}

export interface BakedIn {
  /** Continuations from each point. */
  readonly trials: number
  /** In the order of the history. */
  readonly points: readonly BakedInPoint[]
}

export interface BakedInStep {
  readonly at: BakedInPoint
  /** Shares of the continuations that failed, from the point before and from this one. */
  readonly before: number
  readonly after: number
}

/** Where the share rises most, the first of equals: the step that bakes the failure in. Undefined where it never rises. */
export function bakedInAt({ trials, points }: BakedIn): BakedInStep | undefined {
  let step: BakedInStep | undefined
  points.forEach((at, index) => {
    const [before, after] = [(points[index - 1]?.broken ?? at.broken) / trials, at.broken / trials]
    if (after - before > (step ? step.after - step.before : 0)) step = { at, before, after }
  })
  return step
}
