/** Promises of users that cannot judge: each leaves its verdict unknown, says why, and the record is kept. */

import { beforeAll, expect, test } from 'vitest'
import { build, project, record, stormproof, trials } from './stormproof.js'

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

test('one that never ends is stopped by real time, and told as what it is; the others run', async () => {
  const folder = project([], {
    'a.scenario.ts': promising('never-ends', 'for (;;);'),
    'b.scenario.ts': promising('judges', ''),
  })
  const { code, out } = await stormproof(folder, ['--hang=2s', ...few])
  expect(out).toContain('the promise "of-a-user" threw: it had not ended after 500 ms of real time')
  expect(code).toBe(2)
  const { scenarios } = record(folder)
  expect(scenarios.map(({ name }) => name).sort()).toEqual(['judges', 'never-ends'])
  expect(scenarios.find(({ name }) => name === 'judges')).toMatchObject({ result: 'inconclusive', storms: 3 })
  expect(scenarios.find(({ name }) => name === 'never-ends')?.result).toBe('scenario-error')
})

test('one that never ends in some storms alone leaves those without a verdict', async () => {
  const folder = project([], {
    'a.scenario.ts': `
import { defineBackend, defineInvariant, defineScenario } from 'stormproof'
import { z } from 'zod'
const shop = defineBackend({
  name: 'shop',
  state: () => ({}),
  operations: ({ write }) => ({ refund: write({ input: z.object({}), keyed: true, apply: () => 1 }) }),
})
const promise = defineInvariant({
  name: 'of-a-user',
  says: 'No fault makes a difference.',
  start: () => ({}),
  on: { 'fault-landed': (state, { fault }, { held }) => { while (fault === 'tool/error'); return held } },
})
const late = () => new Promise((done) => setTimeout(done, 9000))
const run = ({ shop }) => Promise.race([shop.refund({}, { idempotencyKey: 'k' }), late()]).catch(() => 'sorry')
export default defineScenario({ name: 'loops', backends: { shop }, run, model: () => [], invariants: [promise] })
`,
  })
  const { code, out } = await stormproof(folder, ['--hang=2s', ...few])
  expect(code).toBe(2)
  expect(out).toContain('the promise "of-a-user" threw: it had not ended after 500 ms of real time')
  const [scenario] = record(folder).scenarios
  expect(scenario).toMatchObject({ result: 'scenario-error', storms: 3, findings: [] })
  expect(trials(folder).some(({ faults }) => (faults['tool/error']?.landed ?? 0) > 0)).toBe(true)
})
