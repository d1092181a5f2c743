/** Jobs in batches over all hands, reports in the order of the jobs: how they were dealt out shows nowhere. */

import type { Hands, Job, TrialReport } from './hands.js'

export interface Done {
  readonly job: Job
  readonly report: TrialReport
  /** Who ran it. */
  readonly by: Hands
}

export interface BatchOptions {
  readonly scenario: string
  readonly hands: readonly Hands[]
  /** Wall clock in milliseconds: sizes batches, and nothing else. */
  now(): number
  /** Asked between batches only. */
  stop(): boolean
  /** Jobs a batch at most. */
  readonly most?: number
}

/** Long enough that messages between processes cost nothing, short enough that a budget or an interrupt is heeded. */
const aimMs = 150

export async function* inBatches(jobs: readonly Job[], options: BatchOptions): AsyncGenerator<Done> {
  const { scenario, hands, most = 64 } = options
  let size = Math.min(8, most)
  for (let next = 0; next < jobs.length && !options.stop(); ) {
    const started = options.now()
    const dealt = hands.map((by, turn) => ({ by, jobs: jobs.slice(next + turn * size, next + (turn + 1) * size) }))
    const reports = await Promise.all(
      dealt.map(({ by, jobs: share }) => (share.length > 0 ? by.trials(scenario, share) : [])),
    )
    next += hands.length * size
    size = sized(size, options.now() - started, most)
    for (const [turn, { by, jobs: share }] of dealt.entries())
      for (const [index, job] of share.entries()) yield { job, report: reports[turn]?.[index] as TrialReport, by }
  }
}

function sized(size: number, tookMs: number, most: number): number {
  if (tookMs <= 0) return Math.min(most, size * 2)
  return Math.max(1, Math.min(most, size * 2, Math.floor((size * aimMs) / tookMs)))
}
