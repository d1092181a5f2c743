import { describe, expect, expectTypeOf, it } from 'vitest'
import { defineInvariant, toCheck } from '../../../src/check/define-invariant.js'
import { type HeardEvent, heardTypes } from '../../../src/check/heard-event.js'
import type { Message } from '../../../src/core/message.js'
import * as past from './history-of.js'

/** What a promise heard that listens to everything. */
function hearing(drafts: readonly (past.Draft | readonly past.Draft[])[]): readonly HeardEvent[] {
  const seen: HeardEvent[] = []
  const on = Object.fromEntries(
    heardTypes.map((type) => [
      type,
      (_state: unknown, event: HeardEvent, { skip }: { skip: unknown }) => {
        seen.push(event)
        return skip
      },
    ]),
  )
  const all = defineInvariant({ name: 'all', says: 'It hears.', start: () => 0, on: on as never })
  expect(past.verdict(toCheck(all, past.shape), past.own, drafts).verdict).toBe('valid')
  return seen
}

const isFrozen = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(isFrozen))

describe('what a promise hears', () => {
  const call = past.proposal('charge')
  const seen = hearing([
    past.runStart(),
    past.prompted(1, [past.user]),
    past.answered(1, [call]),
    past.attemptStart('t1.c0'),
    past.arrived({ call: 't1.c0', attempt: 1 }),
    past.applied(0, { call: 't1.c0', attempt: 1 }),
    past.replied('ok'),
    past.faultAt('fault-landed', 'tool/delay', 'shop.charge#run/a1'),
    past.attemptEnd('t1.c0', 'failed', 'charge', 1, { error: past.error('timeout', true) }),
    past.happened('retry-scheduled', {
      ...{ op: 't1.c0', attempt: 1, delayMs: 900, error: past.error('timeout', true), at: 0 },
    }),
    past.takenBack(0),
    past.settled('t1.c0', 'ok'),
    past.crash,
    past.runEnd(),
    past.runSettled('completed'),
  ])

  it('are the events that mean something outside, in their order', () => {
    expect(seen.map(({ type }) => type)).toEqual([
      ...['run-start', 'prompt-received', 'model-answered', 'attempt-start', 'request-arrived', 'effect-applied'],
      ...['request-answered', 'fault-landed', 'attempt-end', 'retry-scheduled', 'effect-compensated', 'call-settled'],
      ...['crash', 'restart', 'run-end', 'run-settled'],
    ])
  })

  it('holds the promised fields and no more', () => {
    expect(seen[3]).toEqual({ type: 'attempt-start', seq: 3, vt: 40, ...startOf('t1.c0') })
    expect(seen[8]).toMatchObject({ outcome: 'failed', error: { class: 'timeout', text: 'timeout' } })
    expect(seen[10]).toMatchObject({ backend: 'shop', operation: 'charge', effect: 0 })
  })

  it('cannot be written to, in whatever depth', () => {
    expect(seen.every(isFrozen)).toBe(true)
  })

  it('is typed by its name', () => {
    expectTypeOf<HeardEvent<'prompt-received'>['messages']>().toEqualTypeOf<readonly Message[]>()
    expectTypeOf<HeardEvent<'call-settled'>['outcome']>().toEqualTypeOf<'ok' | 'failed' | 'unknown'>()
    const told = (event: HeardEvent): string => (event.type === 'run-end' ? event.status : event.type)
    expect(told(seen.at(-2) as HeardEvent)).toBe('completed')
  })
})

const startOf = (path: string) => ({ call: path, tool: 'charge', attempt: 1, key: `k-${path}` })

describe('an effect', () => {
  const heardAs = (names: readonly string[]): readonly string[] => {
    const seen: string[] = []
    const on = Object.fromEntries(
      names.map((name) => [
        name,
        (_state: unknown, _event: unknown, { held }: { held: unknown }) => {
          seen.push(name)
          return held
        },
      ]),
    )
    const check = toCheck(defineInvariant({ name: 'i', says: 'x', start: () => 0, on: on as never }), past.shape)
    past.verdict(check, past.foreign, [past.applied(0), past.applied(1, { backend: 'mail', operation: 'send' })])
    return seen
  }

  it('is heard by its own name, where somebody listens to that, else as one of any backend', () => {
    expect(heardAs(['shop.charge', 'effect-applied'])).toEqual(['shop.charge', 'effect-applied'])
    expect(heardAs(['effect-applied'])).toEqual(['effect-applied', 'effect-applied'])
    expect(heardAs(['mail.send'])).toEqual(['mail.send'])
  })
})
