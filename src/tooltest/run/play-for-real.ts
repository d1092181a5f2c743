/** Plays a case for real: a tool that runs in another process is called in real time, and nobody sees what it asks and changes. */

import { real } from '../../box/real.js'
import { copy, isJson, sameCanonical } from '../../core/json.js'
import type { TakenTool } from '../take/taken-tool.js'
import type { Case, PlannedCall } from './case.js'
import type { CallHistory, CallOutcome, CaseHistory } from './case-history.js'
import { errorFacts } from './error-facts.js'

/** Nobody waits longer for a call, in real milliseconds. */
export const realPatienceMs = 10_000

/** Times are real milliseconds since the first call. Troubles do not strike here, and a signal is not aborted. */
export async function playForReal(tool: TakenTool, one: Case): Promise<CaseHistory> {
  const startedMs = real.performanceNow()
  const now = (): number => Math.round(real.performanceNow() - startedMs)
  const calls: CallHistory[] = []
  for (const group of groupsOf(one.calls))
    calls.push(...(await Promise.all(group.map((planned) => called(tool, planned, now)))))
  return { planned: one, calls, ...unseen }
}

/** What only a simulated world shows. */
const unseen = {
  ...{ requests: [], effects: [], struck: [], console: [], leaks: [] },
  states: {},
  exitCode: undefined,
  isStretched: false,
  tellsUndone: false,
} satisfies Partial<CaseHistory>

/** Those that run side by side. */
function groupsOf(calls: readonly PlannedCall[]): readonly (readonly PlannedCall[])[] {
  const groups: PlannedCall[][] = []
  for (const call of calls) {
    if (call.beside && groups.length > 0) groups.at(-1)?.push(call)
    else groups.push([call])
  }
  return groups
}

async function called(tool: TakenTool, planned: PlannedCall, now: () => number): Promise<CallHistory> {
  const given = copy(planned.input)
  const abort = new AbortController()
  const startMs = now()
  const outcome = await settled(tool, given, abort)
  const mutatedInput = isJson(planned.input) && !sameCanonical(given, planned.input)
  return { planned, startMs, endMs: outcome.kind === 'waiting' ? undefined : now(), outcome, mutatedInput }
}

function settled(tool: TakenTool, input: unknown, abort: AbortController): Promise<CallOutcome> {
  return new Promise((resolve) => {
    const timer = real.setTimeout(() => {
      resolve({ kind: 'waiting' })
      abort.abort()
    }, realPatienceMs)
    const end = (outcome: CallOutcome): void => {
      real.clearTimeout(timer)
      resolve(outcome)
    }
    const work = (): unknown => tool.call(input, { id: 'call', key: 'key', signal: abort.signal })
    new Promise((begun) => begun(work())).then(
      (value) => end({ kind: 'returned', value }),
      (error: unknown) => end({ kind: 'threw', error: errorFacts(error) }),
    )
  })
}
