/** What a tool knows and nobody else should is in none of its results, errors and log lines. */

import { dummyKey } from '../../box/keys.js'
import type { CaseHistory } from '../run/case-history.js'
import { broken, type Clause, held } from './clause.js'
import { oneCall } from './one-call.js'

export const noSecret: Clause = {
  name: 'no-secret',
  says: 'no secret in output, error or log',
  weight: 2,
  plays: 1,
  forReal: true,
  beside: () => undefined,
  cases: (kit) => oneCall(kit, ['refused', 'unavailable', 'request-lost', 'answer-cut', 'no-connection']),
  judge: ([history], { secrets }) => {
    if (!history) return held
    const known = [dummyKey, ...secrets, ...history.requests.flatMap((request) => request.secrets)]
    for (const [where, text] of placesIn(history)) {
      const secret = known.find((one) => text.includes(one))
      if (secret !== undefined) return broken(`${where} holds ${kindOf(secret, secrets)}: ${around(text, secret)}`)
    }
    return held
  },
  kept: (exercised) => `${exercised} calls: no key, token or cookie`,
}

const kindOf = (secret: string, planted: readonly string[]): string =>
  secret === dummyKey
    ? 'a key of the environment'
    : planted.includes(secret)
      ? 'a secret of a backend'
      : 'what it authenticates with'

function placesIn({ calls, console }: CaseHistory): readonly (readonly [where: string, text: string])[] {
  const [call] = calls
  const { outcome } = call ?? {}
  return [
    ...(outcome?.kind === 'returned' ? [['the result', textOf(outcome.value)] as const] : []),
    ...(outcome?.kind === 'threw' ? [['the error', outcome.error.text] as const] : []),
    ['the log', console.join('\n')],
  ]
}

function textOf(value: unknown): string {
  try {
    return (typeof value === 'string' ? value : JSON.stringify(value)) ?? ''
  } catch {
    return ''
  }
}

function around(text: string, secret: string): string {
  const at = text.indexOf(secret)
  return text
    .slice(Math.max(0, at - 30), at + 6)
    .replace(/\s+/g, ' ')
    .concat('…')
}
