import { existsSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { simulate } from '../../../src/explore/simulate.js'
import { storms } from '../../../src/explore/storms.js'
import { defineScenario, scenarioOf } from '../../../src/scenario/define-scenario.js'
import { markSetUp } from '../../../src/vitest/set-up.js'
import stormproof, { type SetUpConfig, simTest } from '../../../src/vitest.js'

const scenario = defineScenario({ name: 'nothing', run: () => 1 })

test.each([undefined, './own.ts', ['./own.ts', './other.ts']])(
  'the plugin puts a setup file that exists before %s, one after the other',
  (own) => {
    const config: SetUpConfig = { test: { ...(own && { setupFiles: own }), sequence: { shuffle: true } } }
    stormproof().config(config)
    const [file, ...others] = config.test!.setupFiles as string[]
    expect(existsSync(file as string)).toBe(true)
    expect(others).toEqual(own === undefined ? [] : [own].flat())
    expect(config.test!.sequence).toEqual({ shuffle: true, setupFiles: 'list' })
  },
)

test('simTest refuses to start without the plugin, then under fake timers, then with the repro of another scenario', () => {
  expect(() => simTest(scenario)).toThrow(
    expect.objectContaining({ code: 'usage', remedy: expect.stringContaining('plugins: [stormproof()]') }),
  )
  markSetUp()
  vi.useFakeTimers()
  expect(() => simTest(scenario)).toThrow('simTest cannot run under fake timers')
  vi.useRealTimers()
  expect(() => simTest(scenario, { repros: ['v1.ZApvdGhlcgph'] })).toThrow()
})

test('a scenario with `isolate` is refused where its file cannot be loaded anew, with the command that can', async () => {
  markSetUp()
  const isolated = defineScenario({ name: 'isolated', run: () => 1, isolate: true })
  const refusal = expect.objectContaining({
    code: 'scenario',
    remedy: expect.stringContaining('npx stormproof isolated'),
  })
  expect(() => simTest(isolated)).toThrow(refusal)
  expect(() => storms(isolated)).toThrow(refusal)
  await expect(simulate(isolated)).rejects.toEqual(refusal)
})

test('a scenario knows the file that defined it: kept repros lie beside it', () => {
  expect(scenarioOf(scenario).file).toBe(import.meta.filename)
})
