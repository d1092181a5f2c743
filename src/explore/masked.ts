/**
 * What leaves a trial for a record holds no secret: of those that the scenario knows in no form, and nothing that looks like one. What a
 * replay needs (the decisions, and the token made of them) stays as it is: it names sites and alternatives, and no values.
 */

import type { AnyEvent } from '../core/event.js'
import type { Facts } from '../core/history.js'
import { canonical, type Json } from '../core/json.js'
import { mask } from '../core/mask.js'
import type { Violation } from '../core/verdict.js'
import type { Bytes, Told, TrialReport } from './hands.js'

export const secretsOf = ({ secrets = [], planted = {} }: Pick<Facts, 'secrets' | 'planted'>): readonly string[] => [
  ...secrets,
  ...Object.values(planted).flat(),
]

export const maskedReport = (report: TrialReport, secrets: readonly string[]): TrialReport => ({
  ...report,
  record: {
    ...report.record,
    reason: maskText(report.record.reason, secrets),
    violations: report.record.violations.map((violation) => maskedViolation(violation, secrets)),
  },
  problems: mask(report.problems, secrets) as TrialReport['problems'],
  console: mask(report.console, secrets) as readonly string[],
})

/** `moment` is masked where it is cut. */
export const maskedTold = (told: Told, secrets: readonly string[]): Told => ({
  ...told,
  violation: maskedViolation(told.violation, secrets),
  story: mask(told.story, secrets) as Told['story'],
  needs: mask(told.needs, secrets) as readonly string[],
  where: mask(told.where, secrets) as Told['where'],
  console: mask(told.console, secrets) as readonly string[],
})

/** The events of a history as they are written. Fields of ours are no secret by their name (the key of a request); what an agent sent may be. */
export const maskedEvents = ({ events, secrets }: Pick<Bytes, 'events' | 'secrets'>): readonly string[] =>
  events.map((text) => {
    const fields = Object.entries(JSON.parse(text) as AnyEvent)
    return canonical(
      Object.fromEntries(
        fields.map(([name, value]) => [name, typeof value === 'number' ? value : mask(value, secrets)]),
      ) as Json,
    )
  })

export const maskText = (text: string, secrets: readonly string[]): string => mask(text, secrets) as string

const maskedViolation = (violation: Violation, secrets: readonly string[]): Violation => ({
  ...violation,
  because: maskText(violation.because, secrets),
})
