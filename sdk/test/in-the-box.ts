/**
 * Each agent does its task on a calm day, breaks in a storm what it is known to break and nothing else, reaches nothing outside, and
 * sends its provider what the provider's schema has.
 */

import { readdirSync } from 'node:fs'
import { type Scenario, simulate } from 'stormproof'
import { afterEach, expect, test, vi } from 'vitest'
import { rememberRequests, strayingsOf } from '../../test/wire/sent-requests.ts'

const folder = new URL('../scenarios/', import.meta.url)
const names = readdirSync(folder).flatMap((file) => /^(.*)\.scenario\.ts$/.exec(file)?.[1] ?? [])

/** Two files of tests share the agents, so that two processes do. */
export function liveInTheBox(chosen: (name: string) => boolean): void {
  afterEach(() => {
    vi.restoreAllMocks()
  })
  test.each(names.filter(chosen))('%s lives in the box', async (name) => {
    const { default: scenario } = (await import(new URL(`${name}.scenario.ts`, folder).href)) as { default: Scenario }
    const sent = rememberRequests()
    const { result, findings } = await simulate(scenario, { trials: 60, time: '4m' })
    expect(result, findings.map(({ invariant, repro }) => `${invariant} ${repro}`).join('\n')).toBe('pass')
    expect(sent.length).toBeGreaterThan(60)
    expect(strayingsOf(sent)).toEqual([])
  })
}
