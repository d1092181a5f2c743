/** Ten promises broken by bugs that others reported, as a newcomer is told of them; each page is to be understood without the code. */

import { expect, it } from 'vitest'
import { retoldBlock } from '../../reporters/console/finding.js'
import { painter } from '../../reporters/console/paint.js'
import { invariants } from '../../src/check/registry.js'
import { tell } from '../../src/explore/tell.js'
import { replay } from '../mutant/hunt.js'
import { brokenOf } from './case.js'
import { cases } from './cases.js'

const width = 110

async function explained(id: string, name: string): Promise<string> {
  const one = cases.find((candidate) => candidate.id === id)!
  const result = await replay(brokenOf(one), one.schedule)
  const { clause } = result.violations.find(({ invariant }) => invariant === name)!
  const told = tell(result, one.schedule, { invariant: name, clause }, { sourceLine: () => '' })!
  const { says, usual } = invariants.find((invariant) => invariant.name === name)!
  const lines = retoldBlock(
    { ...told, scenario: result.scenario, says, usual, where: [], console: [] },
    width,
    painter(false),
  )
  return `${lines.join('\n')}\n`
}

it.each([
  ['B002', 'result-order'],
  ['B036', 'at-most-once-effect'],
  ['B035', 'key-stability'],
  ['B033', 'result-fidelity'],
  ['B017', 'tool-pairing'],
  ['B048', 'durable-ack'],
  ['B076', 'retry-discipline'],
  ['B129', 'approval-gate'],
  ['B156', 'trust-boundary'],
  ['B043', 'no-lost-update'],
  ['B121', 'error-feedback'],
  ['B142', 'session-isolation'],
  ['B086', 'breaker-liveness'],
  ['B160', 'secret-redaction'],
  ['B153', 'sibling-isolation'],
])('%s: %s', async (id, name) => {
  await expect(await explained(id, name)).toMatchFileSnapshot(`../golden/explanations/${name}.txt`)
})
