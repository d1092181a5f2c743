/** A tool as vitest tests: one a clause of its contract. The cases are played once, for all of them. */

import { describe, test } from 'vitest'
import type { Backends } from '../core/backend.js'
import type { InputOf } from '../core/tool.js'
import type { ClauseOnCard, ToolCard } from '../tooltest/card.js'
import { checkTaken } from '../tooltest/check-tool.js'
import type { ClauseName } from '../tooltest/clause/clause.js'
import { clauses } from '../tooltest/clause/registry.js'
import type { ToolOptions } from '../tooltest/options.js'
import { takeTool } from '../tooltest/take/take-tool.js'
import { fail } from './fail.js'
import { requireSetUp } from './require-set-up.js'

const timeoutMs = 120_000
const nameless = 'tool'

/**
 * Declares one test for each clause of a tool's contract. What does not apply to it, and what cannot be judged by what was said of it, is
 * skipped with the reason; what concerns it and was never put to the test fails, as a suite does whose conditions never arose.
 * Throws a `usage` error where the plugin is missing or timers are faked, and a `config` error for what is no tool.
 */
export function toolTest<T, B extends Backends = {}>(tool: T, options: ToolOptions<InputOf<T>, B> = {}): void {
  requireSetUp('toolTest')
  const taken = takeTool(tool, options.name ?? nameless)
  let card: Promise<ToolCard> | undefined
  const judged = (): Promise<ToolCard> => {
    requireSetUp('toolTest')
    card ??= checkTaken(taken, options)
    return card
  }
  // An AI SDK tool has no name of its own.
  describe(options.name ?? (taken.name === nameless ? taken.description || nameless : taken.name), () => {
    for (const { name, says } of clauses) {
      test(says, { timeout: timeoutMs }, async (context) => {
        const clause = (await judged()).clauses[name]
        if (clause.verdict === 'invalid') fail(storyOf(clause))
        if (clause.beside === 'never-arose') fail(neverArose(name, clause))
        if (clause.verdict === 'unknown') context.skip(clause.told)
      })
    }
  })
}

const storyOf = ({ says, told, witness }: ClauseOnCard): string =>
  [` ✗ ${says}: ${told}`, ...witness.map((line) => `     ${line}`)].join('\n')

const neverArose = (name: ClauseName, { says }: ClauseOnCard): string =>
  [
    ` ? ${says}: it never came up`,
    `     more \`cases\`, or \`inputs\` and \`backends\` with which calls succeed; or say why not: without: { '${name}': 'because …' }`,
  ].join('\n')
