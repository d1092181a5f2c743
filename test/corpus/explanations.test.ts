/** Promises broken by bugs that others reported, and one broken by a mutant, as a newcomer is told of them; each page is to be understood without the code. */

import type { Scenario } from 'stormproof'
import { expect, it } from 'vitest'
import { retoldBlock } from '../../reporters/console/finding.js'
import { painter } from '../../reporters/console/paint.js'
import { invariants } from '../../src/check/registry.js'
import type { Pair } from '../../src/explore/hands.js'
import { tell } from '../../src/explore/tell.js'
import { mutate } from '../../src/mutant/registry.js'
import { replay } from '../mutant/hunt.js'
import { till } from '../mutant/scenarios/till.js'
import { brokenOf } from './case.js'
import { cases } from './cases.js'

const width = 110

function reported(id: string, name: string): Promise<string> {
  const one = cases.find((candidate) => candidate.id === id)!
  return explained(brokenOf(one), one.schedule, name)
}

async function explained(broken: Scenario, schedule: readonly Pair[], name: string): Promise<string> {
  const result = await replay(broken, schedule)
  const { clause } = result.violations.find(({ invariant }) => invariant === name)!
  const told = tell(result, schedule, { invariant: name, clause }, { sourceLine: () => '' })!
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
  await expect(await reported(id, name)).toMatchFileSnapshot(`../golden/explanations/${name}.txt`)
})

it('resources-forgotten: serial-equivalence', async () => {
  const broken = till('till', (agent) => mutate('resources-forgotten', agent))
  await expect(await explained(broken, [], 'serial-equivalence')).toMatchFileSnapshot(
    '../golden/explanations/serial-equivalence.txt',
  )
})
