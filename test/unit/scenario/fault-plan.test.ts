import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineBackend, defineFault, defineScenario } from '../../../src/index.js'
import { simplest } from '../../../src/kernel/source.js'
import { runTrial } from '../../../src/scenario/run-trial.js'

const shop = defineBackend({
  name: 'shop',
  baseUrl: 'https://shop.test',
  state: () => ({}),
  operations: ({ read }) => ({ look: read({ http: 'GET /look', input: z.object({}), answer: () => 1 }) }),
})
const stale = { name: 'shop/stale', says: 'Old.', backend: shop, operation: 'look', after: () => 0 } as const

const refusal = (faults: unknown) => {
  try {
    defineScenario({ name: 'patient', backends: { shop }, model: () => [], run: () => 1, faults: faults as 'none' })
  } catch (error) {
    const { code, message, remedy } = error as { code: string; message: string; remedy: string }
    return { code, message, remedy }
  }
  return undefined
}

describe('what a scenario says about faults is refused, with what was expected, what came and what to do,', () => {
  test.each([
    [7, 'must be an object, not 7', 'its fields are'],
    [['tool/error'], 'must be an object, not a list of 1', 'its fields are'],
    [{ withuot: ['tool/error'] }, 'has no field "withuot"', 'without'],
    [
      { without: 'tool/error' },
      '`without` in `faults` of scenario "patient" must be a list, not "tool/error"',
      'without: [',
    ],
    [{ without: [7] }, 'entry 0 of `without`', "['tool/error']"],
    [{ add: [{ name: 'x/y' }] }, 'must be what defineFault returns, not an object', 'add: ['],
    [{ sequence: ['tool/error'] }, 'must be lists of steps by operation, not a list of 1', 'sequence: {'],
    [{ sequence: { model: 'model/lost' } }, '"model" of `sequence`', 'sequence: {'],
    [{ sequence: { model: ['none', 7] } }, 'entry 1 of "model" of `sequence`', 'sequence: {'],
    [{ sequence: { model: [{ fualt: 'model/lost' }] } }, 'has no field "fualt"', 'fault'],
    [{ sequence: { model: [{ with: {} }] } }, 'must be the name of a fault, not undefined', 'sequence: {'],
    [{ sequence: { model: [{ fault: 'model/lost', with: { times: 3 } }] } }, 'must be texts by detail', 'sequence: {'],
  ])('%j', (faults, message, remedy) => {
    expect(refusal(faults)).toEqual({
      ...{ code: 'scenario', message: expect.stringContaining(message), remedy: expect.stringContaining(remedy) },
    })
  })

  test.each([
    [{ without: ['tool/eror'] }, 'tool/eror', 'tool/error'],
    [{ sequence: { 'shop.loook': ['none'] } }, 'shop.loook', 'shop.look'],
    [{ sequence: { 'shop.look': ['tool/eror'] } }, 'tool/eror', 'tool/error'],
    [{ sequence: { model: [{ fault: 'model/http-error', with: { status: '999' } }] } }, '"999"', 'status (503'],
    [{ sequence: { model: [{ fault: 'model/http-error', with: { staus: '429' } }] } }, 'staus', 'status (503'],
  ])('%j, where it names what there is not', async (faults, came, remedy) => {
    const scenario = defineScenario({ name: 'patient', backends: { shop }, model: () => [], run: () => 1, faults })
    const error = await runTrial(scenario, { source: simplest }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'scenario' })
    expect(`${(error as Error).message} ${(error as { remedy?: string }).remedy}`).toContain(came)
    expect(`${(error as Error).message} ${(error as { remedy?: string }).remedy}`).toContain(remedy)
  })
})

describe('a fault of the user\u2019s own is refused', () => {
  test.each([
    [{ ...stale, afetr: () => 0 }, 'a fault has no field "afetr"', 'after'],
    [{ ...stale, operation: 'loook' }, 'has no operation "loook"', 'look'],
    [{ ...stale, after: undefined }, 'does nothing', 'before'],
  ])('%#', (fault, message, remedy) => {
    expect(() => defineFault(fault as typeof stale)).toThrow(
      expect.objectContaining({
        ...{ code: 'scenario', message: expect.stringContaining(message), remedy: expect.stringContaining(remedy) },
      }),
    )
  })
})

test('a plan that names what there is is taken', () => {
  expect(refusal('hostile')).toBeUndefined()
  expect(
    refusal({
      preset: 'light',
      add: [defineFault(stale)],
      without: ['tool/error'],
      sequence: { model: ['none', { fault: 'model/http-error', with: { status: '429' } }] },
    }),
  ).toBeUndefined()
})
