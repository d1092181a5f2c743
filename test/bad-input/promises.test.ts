/** Promises of users that cannot judge: each leaves its verdict unknown, says why, and the record is kept. */

import { beforeAll, expect, test } from 'vitest'
import { build, project, record, stormproof } from './stormproof.js'

beforeAll(build, 90_000)

const few = ['--jobs=1', '--progress=none', '--trials=3'] as const

/** A scenario whose one promise hears how the run ended, and does this with it. */
const promising = (name: string, handle: string): string => `
import { defineInvariant, defineScenario } from 'stormproof'
const promise = defineInvariant({
  name: 'of-a-user',
  says: 'The run ends well.',
  start: () => ({}),
  on: { 'run-end': (state, event, { held }) => { ${handle}; return held } },
})
export default defineScenario({ name: '${name}', run: () => 1, model: () => [], invariants: [promise] })
`

test('one that throws, and one that writes to the history, are told; the others run, and the record has them all', async () => {
  const folder = project([], {
    'a.scenario.ts': promising('throws', "throw new TypeError('never thought of that')"),
    'b.scenario.ts': promising('writes', "Object.assign(event, { status: 'failed' })"),
    'c.scenario.ts': promising('judges', ''),
  })
  const { code, out } = await stormproof(folder, few)
  expect(code).toBe(2)
  expect(out).toContain('the promise "of-a-user" threw: never thought of that')
  expect(out).toMatch(/the promise "of-a-user" threw: Cannot assign to read only property/)
  const { scenarios } = record(folder)
  expect(scenarios.filter(({ result }) => result === 'scenario-error').map(({ name }) => name)).toEqual([
    'throws',
    'writes',
  ])
  // No fault can strike a run that asks nobody: it was judged, and nothing was tested.
  expect(scenarios.find(({ name }) => name === 'judges')).toMatchObject({ result: 'inconclusive', storms: 3 })
})

test('one that never ends is stopped by real time, and told as a loop; the others run', async () => {
  const folder = project([], {
    'a.scenario.ts': promising('never-ends', 'for (;;);'),
    'b.scenario.ts': promising('judges', ''),
  })
  const { code, out } = await stormproof(folder, ['--hang=1s', ...few])
  expect(out).toContain('nothing moved for 1 s of real time: a loop that never yields')
  expect(code).toBe(1)
  const { scenarios } = record(folder)
  expect(scenarios.map(({ name }) => name).sort()).toEqual(['judges', 'never-ends'])
  expect(scenarios.find(({ name }) => name === 'judges')).toMatchObject({ result: 'inconclusive', storms: 3 })
  expect(scenarios.find(({ name }) => name === 'never-ends')?.result).toBe('fail')
})
