/** Every call comes to an end, in a time that its caller can wait for. */

import type { CallHistory, CaseHistory } from '../run/case-history.js'
import { realPatienceMs } from '../run/play-for-real.js'
import { patienceMs } from '../run/process.js'
import { saysOf } from '../run/trouble.js'
import type { Clause, Judgement } from './clause.js'
import { broken, held } from './clause.js'
import { oneCall } from './one-call.js'

/** Whoever waits longer has hung up before: twice what clients of MCP wait. */
export const longestMs = 120_000

export const terminates: Clause = {
  name: 'terminates',
  says: 'terminates',
  weight: 2,
  plays: 1,
  forReal: true,
  beside: () => undefined,
  cases: (kit) => oneCall(kit, ['no-answer', 'slow', 'unavailable', 'rate-limited', 'no-connection']),
  judge: ([history], { tool }) => {
    if (tool.inRealTime) return judgedForReal(history)
    if (history?.exitCode !== undefined) return broken(`it ends its whole process: process.exit(${history.exitCode})`)
    const slow = history?.calls.find((call) => call.outcome.kind !== 'died' && lasted(call) > longestMs)
    return slow ? broken(whyOf(history as CaseHistory, slow)) : held
  },
  kept: (exercised, { tool }) =>
    `${exercised} calls, the longest within ${(tool.inRealTime ? realPatienceMs : longestMs) / 1_000} s`,
}

function judgedForReal(history: CaseHistory | undefined): Judgement {
  const isOpen = history?.calls.some(({ outcome }) => outcome.kind === 'waiting')
  if (!isOpen) return held
  return broken(
    `no answer within ${realPatienceMs / 1_000} s of real time`,
    'most clients give up after 60 s: bound the work by its input, or stop at a limit of your own',
  )
}

const lasted = ({ startMs, endMs }: CallHistory): number => (endMs ?? Number.POSITIVE_INFINITY) - startMs

function whyOf({ struck: [trouble] }: CaseHistory, call: CallHistory): string {
  const isMute = trouble?.what === 'no-answer'
  const when = trouble ? (isMute ? 'the service never answers' : saysOf(trouble.what)) : 'a calm call'
  if (call.endMs === undefined)
    return `${when} and nothing gives up: still waiting after ${patienceMs / 1_000} s (simulated)`
  return `${when} and the tool sets no limit: it waited for ${Math.round(lasted(call) / 1_000)} s (simulated)`
}
