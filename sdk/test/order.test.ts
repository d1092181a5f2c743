/** Each agent does its task on a calm day, breaks in a storm what it is known to break and nothing else, and reaches nothing outside. */

import { readdirSync } from 'node:fs'
import { type Scenario, simulate } from 'stormproof'
import { expect, test } from 'vitest'

const folder = new URL('../scenarios/', import.meta.url)

for (const file of readdirSync(folder).filter((name) => name.endsWith('.scenario.ts'))) {
  test(`${file.replace('.scenario.ts', '')} lives in the box`, async () => {
    const { default: scenario } = (await import(new URL(file, folder).href)) as { default: Scenario }
    const { result, findings } = await simulate(scenario, { trials: 60, time: '4m' })
    expect(result, findings.map(({ invariant, repro }) => `${invariant} ${repro}`).join('\n')).toBe('pass')
  })
}
