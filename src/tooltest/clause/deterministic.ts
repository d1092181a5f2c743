/** The same call in the same world comes to the same: nothing that one call leaves in the process changes another. */

import { canonical } from '../../core/json.js'
import type { CaseHistory } from '../run/case-history.js'
import { broken, type Clause, held, skip } from './clause.js'
import { oneCall } from './one-call.js'

export const deterministic: Clause = {
  name: 'deterministic',
  says: 'same call, same world, same end',
  weight: 1,
  plays: 2,
  beside: () => undefined,
  cases: (kit) => oneCall(kit).map(([one]) => [one, one]),
  judge: ([first, again]) => {
    if (!first || !again) return skip
    return seenOf(first) === seenOf(again)
      ? held
      : broken('the same call ended otherwise the second time', 'look for variables of its module that outlive a call')
  },
  kept: (exercised) => `${exercised} calls made twice`,
}

/** What others see of a call: how it ended, what it asked for, what it changed. Messages of errors may hold what is no data. */
const seenOf = ({ calls, requests, effects }: CaseHistory): string =>
  canonical([
    calls.map(({ outcome, endMs }) => [
      endMs ?? null,
      outcome.kind,
      outcome.kind === 'returned' ? shown(outcome.value) : outcome.kind === 'threw' ? outcome.error.message : '',
    ]),
    requests.map(({ method, url, body, atMs }) => [method, url, body, atMs]),
    effects.map(({ backend, operation, input, atMs }) => [backend, operation, input ?? null, atMs]),
  ])

function shown(value: unknown): string {
  try {
    return canonical(value ?? null)
  } catch {
    return 'what is no JSON'
  }
}
