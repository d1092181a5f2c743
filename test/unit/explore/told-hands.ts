/** Hands that give reports made by hand. */

import type { CalmReport, Hands, TrialReport } from '../../../src/explore/hands.js'
import type { TrialRecord } from '../../../src/report/record.js'

interface Said {
  readonly goal: boolean | undefined
  readonly calls: number
  readonly landed?: number
}

export const reportOf = ({ goal, calls, landed = 0 }: Said): Omit<TrialReport, 'record'> & { record: Said } => ({
  record: { goal, calls, landed },
  decisions: [],
  problems: [],
  console: [],
  unknown: false,
  concerned: [],
  unmet: [],
})

/** `storms` one after the other, then the first again. */
export function handsOf(calm: Said, storms: readonly ReturnType<typeof reportOf>[]): Hands {
  const finished = (report: ReturnType<typeof reportOf>, job: Pick<TrialRecord, 'origin' | 'index'>): TrialReport => {
    const { goal, calls, landed = 0 } = report.record
    const record: TrialRecord = {
      ...{ scenario: 'told', origin: job.origin, index: job.index, seed: '1', source: 'told', goal, calls },
      ...{ status: 'completed', reason: 'done', ending: 'rest', violations: [], arose: {} },
      faults: landed === 0 ? {} : { 'tool/error': { planned: landed, injected: landed, landed } },
      ...{ events: 1, steps: 1, virtualMs: 1, fingerprint: 'same' },
    }
    return { ...report, record }
  }
  const calmReport: CalmReport = {
    ...finished(reportOf(calm), { origin: 'calm', index: 0 }),
    ...{ visited: [], invariants: [], faultsAsked: { added: [], prescribed: [] }, words: [] },
  }
  return {
    calm: async () => calmReport,
    trials: async (_scenario, jobs) =>
      jobs.map((job) =>
        job.origin === 'calm'
          ? calmReport
          : finished(storms[(job.index - 1) % storms.length] as (typeof storms)[number], job),
      ),
    shrink: () => Promise.reject(new Error('nothing broke')),
    tell: async () => undefined,
    bytes: async () => ({ fingerprint: 'same', events: [], lanes: [], secrets: [] }),
    close: async () => undefined,
  }
}
