import { describe, expect, it } from 'vitest'
import { cacheFreshness } from '../../../../src/check/invariant/cache-freshness.js'
import { cacheScope } from '../../../../src/check/invariant/cache-scope.js'
import type { Check } from '../../../../src/check/invariant.js'
import { type Draft, find, happened, own, verdict } from '../history-of.js'

const facts = { ...own, tools: [...own.tools, { ...find, cached: true as const }] }

const opened = (call: string, tool: 'find' | 'book', argsDigest = 'd', resources: readonly string[] = ['A']): Draft =>
  happened('batch-open', {
    turn: 1,
    calls: [
      {
        call,
        id: call,
        tool,
        effect: tool === 'find' ? 'read' : 'write',
        proposed: '{}',
        argsDigest,
        key: call,
        resources,
      },
    ],
  })
const settled = (call: string, value: number | undefined, from?: string): Draft =>
  happened('call-settled', {
    call,
    tool: 'find',
    outcome: value === undefined ? 'failed' : 'ok',
    attempts: from === undefined ? 1 : 0,
    ...(value === undefined ? {} : { value }),
    ...(from === undefined ? {} : { note: `as read by ${from}` }),
  })
const wrote = (call: string): Draft =>
  happened('attempt-start', { call, tool: 'book', attempt: 1, key: call, argsDigest: 'd', deadline: 9_000 })

const read = [opened('t1.c0', 'find'), settled('t1.c0', 7)]
const again = [opened('t3.c0', 'find'), settled('t3.c0', 7, 't1.c0')]
const judged = (check: Check, ...drafts: readonly (Draft | readonly Draft[])[]) => verdict(check, facts, drafts)

describe('cache-freshness', () => {
  it('holds until something that was read from is written to', () => {
    expect(judged(cacheFreshness, read, again)).toMatchObject({ verdict: 'valid', arose: 1 })
    const elsewhere = [opened('t2.c0', 'book', 'd', ['B']), wrote('t2.c0')]
    expect(judged(cacheFreshness, read, elsewhere, again)).toMatchObject({ verdict: 'valid', arose: 1 })
    const before = [opened('t0.c0', 'book'), wrote('t0.c0')]
    expect(judged(cacheFreshness, before, read, again)).toMatchObject({ verdict: 'valid', arose: 1 })
  })

  it('is broken by what was read before a write, and by a failure that is served', () => {
    const written = [opened('t2.c0', 'book'), wrote('t2.c0')]
    expect(judged(cacheFreshness, read, written, again).violation).toMatchObject({ clause: 'a', tool: 'find' })
    const failed = [opened('t1.c0', 'find'), settled('t1.c0', undefined)]
    expect(judged(cacheFreshness, failed, again).violation).toMatchObject({ clause: 'b' })
  })

  it('does not concern an agent that keeps no results', () => {
    expect(verdict(cacheFreshness, own, [read, again])).toMatchObject({ concerned: false, arose: 0 })
  })
})

describe('cache-scope', () => {
  it('holds for what the session itself read, asked the same', () => {
    expect(judged(cacheScope, read, again)).toMatchObject({ verdict: 'valid', arose: 1 })
  })

  it.each([
    ['which no call of the session got', [again]],
    ['which answered another question', [[opened('t1.c0', 'find', 'other'), settled('t1.c0', 7)], again]],
    ['which is not what that call had read', [[opened('t1.c0', 'find'), settled('t1.c0', 8)], again]],
  ])('is broken by a value %s', (_what, drafts) => {
    expect(judged(cacheScope, ...drafts).violation).toMatchObject({ clause: 'a', tool: 'find' })
  })
})
