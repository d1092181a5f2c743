/** The contract of a tool: a row a clause, and what could be declared of it. */

import { counted } from '../../src/report/brief.js'
import type { ScenarioRecord } from '../../src/report/record.js'
import { type ClauseRecord, inReadingOrder } from '../../src/report/tool-record.js'
import { element, fragment, type Html } from './element.js'
import { textTable } from './table.js'

const verdicts = { valid: '✓ kept', invalid: '✗ broken', unknown: '? not judged' } as const

const verdictOf = ({ verdict, beside }: ClauseRecord): string =>
  beside === 'does-not-apply' ? '– does not apply' : verdicts[verdict]

export function toolCard({ name, tool }: ScenarioRecord): Html | undefined {
  if (!tool) return undefined
  const { effect, idempotency, retry } = tool.suggestion
  return fragment(
    element('h2', {}, `The contract of ${name}`),
    element('p', {}, `${tool.kind}, ${counted(tool.cases, 'case')}.`),
    tool.about.map((line) => element('p', { class: 'quiet small' }, line)),
    textTable(
      ['clause', 'verdict', 'what was seen'],
      inReadingOrder(tool.clauses).map((clause) => [clause.says, verdictOf(clause), clause.told]),
    ),
    element(
      'p',
      {},
      `What the evidence supports: effect '${effect}', idempotency '${idempotency}', retry ${retry}. In your tests: toolTest(${tool.inCode}) from 'stormproof/vitest'.`,
    ),
  )
}
