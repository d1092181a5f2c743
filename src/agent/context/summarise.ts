/** A summary of the turns that are no longer shown. */

import { estimate } from '../../core/estimate.js'
import { askForSummary, summaryIn, transcriptOf } from '../../core/summary.js'
import type { Run } from '../run.js'
import { consult } from './consult.js'
import type { Unit } from './units.js'

/** At most `maxTokens` of text; undefined when there is none that can be used: the turns then go without. Never rejects. */
export async function summarise(
  run: Run,
  turn: number,
  before: string | undefined,
  gone: readonly Unit[],
  maxTokens: number,
): Promise<string | undefined> {
  const { context, modelTimeoutMs } = run.agent
  const summariser = context?.summarise
  if (!summariser || gone.length === 0) return undefined
  const told = gone.map(({ messages }) => transcriptOf(messages))
  const text = [...(before === undefined ? [] : [before]), ...told].join('\n')
  const ask = (signal: AbortSignal): unknown => askForSummary(summariser, text, turn, maxTokens, signal)
  const summary = summaryIn(await consult(run, modelTimeoutMs, ask), maxTokens)
  return summary !== undefined && estimate(summary) < estimate(text) ? summary : undefined
}
