import { join } from 'node:path'
import { expect, test } from 'vitest'
import { scenarioNamed, withFreshCopies } from '../../../src/cli/fresh-copies.js'
import { copyLoader } from '../../../src/cli/load-module.js'
import { ownModules } from '../../../src/cli/own-modules.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import { simplest } from '../../../src/kernel/source.js'
import { isScenario, type Scenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import { temporaryFolder } from './temporary-folder.js'

/** Its agent remembers in a module variable what it has begun: a crash takes that with it. */
const file = `
import { defineBackend, defineScenario } from 'stormproof'
import { z } from 'zod'
const till = defineBackend({
  name: 'till', baseUrl: 'https://till.example', state: () => ({}),
  operations: ({ write }) => ({
    charge: write({ http: 'POST /charges', input: z.object({ order: z.string() }), once: ({ order }) => order, apply: () => ({}) }),
  }),
})
const begun = new Set()
const run = async () => {
  if (begun.has('A-7')) return 'charged before'
  begun.add('A-7')
  await fetch('https://till.example/charges', { method: 'POST', body: '{"order":"A-7"}' })
  return 'charged'
}
export default defineScenario({ name: 'remembers', backends: { till }, run, restart: run, isolate: true, model: () => [] })
`

test('what restarts after a crash finds nothing of what modules kept, as in a new process', async () => {
  const folder = temporaryFolder({ 'remembers.scenario.ts': file })
  const load = copyLoader(folder, { ...(await ownModules()), zod: await import('zod') })
  const copy = async (name: string): Promise<Scenario> =>
    scenarioNamed(await load(join(folder, 'remembers.scenario.ts')), name, isScenario)
  const run = withFreshCopies(runTrial, copy, () => undefined)
  const scenario = await copy('remembers')

  const calm = await run(scenario, { source: simplest, calm: true, keepSites: true })
  const { intended } = calm.facts
  const label = calm.visited?.find((site) => site.label.startsWith('till.charge#'))?.label as string
  const crash = () => ({ source: replaySource([[label, 'process/crash-after-effect']]), intended })
  const reborn = await run(scenario, crash())
  expect(reborn.violations.map(({ invariant }) => invariant)).toEqual(['at-most-once-effect'])
  expect(reborn.events.filter(({ type }) => type === 'restart')).toHaveLength(1)

  const oneProcess = await runTrial(await copy('remembers'), { ...crash(), fresh: true })
  expect([oneProcess.violations, oneProcess.status]).toEqual([[], 'completed'])
})
