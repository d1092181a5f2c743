/** The card as text. */

import type { ClauseOnCard, ToolCard } from './card.js'
import type { Facts } from './facts.js'

const column = 46

/** Lines of the card, without colour. Equal cards, equal lines. */
export function cardText(card: ToolCard): readonly string[] {
  const clauses = Object.values(card.clauses).sort((one, other) => rank(one) - rank(other))
  const count = (verdict: string): number => clauses.filter((clause) => clause.verdict === verdict).length
  const open = clauses.filter(({ beside }) => beside === 'not-judged').length
  const { effect, idempotency, retry } = card.suggestion
  return [
    ` ${card.name}   ${card.kind} · ${card.cases.toLocaleString('en-US')} cases · seed ${card.seed}`,
    ` read from it: ${factsText(card.facts)}`,
    ...calmText(card.facts),
    ...card.facts.leaks.slice(0, 3).map((leak) => ` it left the world: ${leak}`),
    '',
    ...clauses.flatMap(clauseLines),
    '',
    ` ${count('valid')} kept · ${count('invalid')} broken · ${open} not judged`,
    ` what the evidence supports   effect: '${effect}'   idempotency: '${idempotency}'   retry: ${retry}`,
    ` in your tests                toolTest(${card.name})                  from 'stormproof/vitest'`,
  ]
}

const marks = { valid: '✓', invalid: '✗', unknown: '?' } as const

const rank = (clause: ClauseOnCard): number =>
  clause.beside === 'does-not-apply' ? 2 : clause.beside === 'not-judged' ? 1 : 0

function clauseLines(clause: ClauseOnCard): readonly string[] {
  const mark = clause.beside === 'does-not-apply' ? '–' : marks[clause.verdict]
  return [` ${mark} ${clause.says.padEnd(column)} ${clause.told}`, ...clause.witness.map((line) => `     ${line}`)]
}

function factsText({ effect, effectFrom, keyed, hasOutput, requests }: Facts): string {
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
  return [` no calm call succeeded (${calm.threw ?? 'it never returned'})${why}`]
}
