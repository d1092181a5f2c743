/** Crashes of an agent that can be started again: they land, find what a second start does twice, and nothing where it does nothing twice. */

import { simulate } from 'stormproof'
import { expect, test } from 'vitest'
import { presetOf } from '../../src/explore/preset.ts'
import { openSource, stormJob } from '../../src/explore/source-spec.ts'
import { runTrial } from '../../src/scenario/run-trial.ts'
import mended from '../scenarios/openai-resumable.scenario.ts'
import { resumedScenario } from '../scenarios/resumed.ts'

const budget = { trials: 60, time: '4m' } as const

test('with a key that is the same in every process, no crash charges an order twice', async () => {
  const { result, findings } = await simulate(mended, budget)
  expect(result, findings.map(({ invariant, repro }) => `${invariant} ${repro}`).join('\n')).toBe('pass')
})

test('crashes land, before an effect and after it, and what is started again reaches its goal', async () => {
  const landed: Record<string, number> = {}
  const resumed: unknown[] = []
  for (let index = 0; index < 60; index++) {
    const source = openSource(mended.name, stormJob('1', presetOf('stormy'), index))
    const { faults, events, status } = await runTrial(mended, { source })
    for (const [name, counted] of Object.entries(faults)) landed[name] = (landed[name] ?? 0) + counted.landed
    if (events.some(({ type }) => type === 'restart')) resumed.push(status)
  }
  expect(landed['process/crash-before-effect']).toBeGreaterThan(0)
  expect(landed['process/crash-after-effect']).toBeGreaterThan(0)
  expect(resumed).toContain('completed')
})

test('a key that every process draws anew is found out, by one crash alone', async () => {
  const forgetful = resumedScenario('forgetful', () => {
    const process = crypto.randomUUID()
    return (session, orderId) => `${process}/${session}/charge/${orderId}`
  })
  const { result, findings } = await simulate(forgetful, budget)
  expect(result).toBe('fail')
  const found = findings.find(({ invariant }) => invariant === 'an order is charged once')
  expect(found).toMatchObject({ faults: ['process/crash-after-effect'] })
})
