/**
 * Each agent does its task on a calm day, breaks in a storm what it is known to break and nothing else, reaches nothing outside, and
 * sends its provider what the provider's schema has.
 */

import { readdirSync } from 'node:fs'
import { type Scenario, simulate } from 'stormproof'
import { afterEach, expect, test, vi } from 'vitest'
import { rememberRequests, strayingsOf } from '../../test/wire/sent-requests.ts'

const folder = new URL('../scenarios/', import.meta.url)

afterEach(() => {
  vi.restoreAllMocks()
})

for (const file of readdirSync(folder).filter((name) => name.endsWith('.scenario.ts'))) {
  test(`${file.replace('.scenario.ts', '')} lives in the box`, async () => {
    const { default: scenario } = (await import(new URL(file, folder).href)) as { default: Scenario }
    const sent = rememberRequests()
    const { result, findings } = await simulate(scenario, { trials: 60, time: '4m' })
    expect(result, findings.map(({ invariant, repro }) => `${invariant} ${repro}`).join('\n')).toBe('pass')
    expect(sent.length).toBeGreaterThan(60)
    expect(strayingsOf(sent)).toEqual([])
  })
}
