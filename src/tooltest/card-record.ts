/** The card as reporters read it: plain data, what was read from the tool in words. */

import { inReadingOrder, type ToolRecord } from '../report/tool-record.js'
import type { ToolCard } from './card.js'
import type { Facts } from './facts.js'

const mostLeaks = 3

/** `inCode`: how its user names it, where that is not its name. */
export function toolRecordOf(card: ToolCard, inCode: string = card.name): ToolRecord {
  const { kind, cases, facts, clauses, suggestion } = card
  return {
    ...{ kind, inCode, cases, suggestion },
    about: [
      `read from it: ${factsText(facts)}`,
      ...calmText(facts),
      ...(facts.mutatesInput
        ? ['it changes the input that it is given: what its caller keeps is no longer what was asked']
        : []),
      ...facts.leaks.slice(0, mostLeaks).map((leak) => `it left the world: ${leak}`),
    ],
    clauses: inReadingOrder(Object.entries(clauses).map(([name, { breach: _, ...clause }]) => ({ name, ...clause }))),
  }
}

function factsText({ effect, effectFrom, keyed, hasOutput, requests, calm }: Facts): string {
  if (calm.calls === 0) return 'nothing: no call of it could be looked at'
  const from = effectFrom === 'inferred' ? '' : ` (${effectFrom})`
  const asked = requests.length === 0 ? 'no request' : requests.slice(0, 3).join(', ')
  const what = effect === 'read' ? 'a read' : effect === 'write' ? 'a write' : 'an irreversible write'
  return [
    `${what}${from} (${asked})`,
    effect === 'read' ? '' : keyed && keyed !== 'none' ? `idempotency key ${keyed}` : 'no idempotency key',
    hasOutput ? 'an output schema' : 'no output schema',
  ]
    .filter(Boolean)
    .join(', ')
}

/** Only where the calm calls were not what one would expect. */
function calmText({ calm, madeUp }: Facts): readonly string[] {
  if (calm.calls === 0 || calm.returned > 0) return []
  const why = madeUp ? ': the answers of its service are made up; give `backends` that know better' : ''
  return [`no calm call succeeded (${calm.threw ?? 'it never returned'})${why}`]
}
