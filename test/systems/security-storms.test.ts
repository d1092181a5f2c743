/** The guarded clerk and the read-only analyst under every single fault, storms and crashes. Cites seed-124, 177, 182, 183, 185, 187. */

import { describe, expect, it } from 'vitest'
import { presetOf } from '../../src/explore/preset.js'
import { openSource, stormJob } from '../../src/explore/source-spec.js'
import { simplest } from '../../src/kernel/source.js'
import { semanticStore } from '../../src/platform/semantic-store.js'
import { runTrial } from '../../src/scenario/run-trial.js'
import { keepsAll } from '../keeps-all.js'
import { clerk, wicked } from '../mutant/scenarios/inbox.js'
import { reading } from '../mutant/scenarios/reading.js'

const { default: sqlAnalyst } = await import('../../scenarios/sql-analyst.scenario.js')
const { notReadOnly } = await import('../../scenarios/agents/analyst.js')

const guarded = {
  guards: { input: true, anomaly: true, marking: true, output: true },
  verifies: true,
} as const

describe('an obedient agent in its defences', () => {
  it.each([
    ['whose filters see the attack', { ...guarded }],
    ['whose filters do not', { verifies: true }],
    ['that reads it in an error', { verifies: true, viaError: true }],
    ['that remembers', { verifies: true, memory: semanticStore() }],
  ])('seed-177, seed-183, seed-185: %s keeps every promise in every single fault and storm', async (name, options) => {
    await keepsAll(clerk(`storm-${name.replaceAll(' ', '-')}`, wicked, options), { trials: 400, seed: 7 })
  })

  it.each([
    ['summarised', { history: 140, toolResults: 5_000 }],
    ['reduced to references', { history: 4_000, toolResults: 1_300 }],
  ])('seed-185: a long reading whose turns are %s keeps its fences and its budgets', async (name, budgets) => {
    const marked = reading(`fenced-${name.replaceAll(' ', '-')}`, budgets, (agent) => ({
      ...agent,
      guards: { marking: true, leaks: () => false },
    }))
    const calm = await runTrial(marked, { source: simplest, keepGoing: true })
    expect([calm.status, calm.violations]).toEqual(['completed', []])
    const compacted = calm.events.find((event) => event.type === 'context-compacted')
    expect(compacted?.summary !== undefined).toBe(name === 'summarised')
    const prompts = calm.events.flatMap((event) => (event.type === 'prompt-received' ? event.messages : []))
    const notes = prompts.filter((message) => message.role === 'user').map(({ text }) => text)
    expect(notes.some((text) => /In short.*:\n<untrusted-/.test(text))).toBe(name === 'summarised')
    await keepsAll(marked, { trials: 40, seed: 7 })
  })

  it('seed-182: puts the promises to the test: guards fail, secrets are on their way, calls are not granted', async () => {
    const arose: Record<string, number> = {}
    let errors = 0
    for (let index = 1; index <= 60; index++) {
      const job = stormJob('security', presetOf('stormy'), index)
      const { events, verdicts, violations } = await runTrial(clerk('arising', wicked, { verifies: true }), {
        source: openSource('arising', job),
      })
      expect(violations).toEqual([])
      errors += events.filter((event) => event.type === 'guard-verdict' && event.verdict === 'error').length
      for (const { invariant, arose: times } of verdicts) arose[invariant] = (arose[invariant] ?? 0) + times
    }
    expect(errors).toBeGreaterThan(5)
    for (const name of ['trust-boundary', 'authorization-scope', 'secret-redaction']) {
      expect(arose[name], name).toBeGreaterThan(10)
    }
  })
})

describe('a read-only SQL tool', () => {
  it('seed-187: refuses DELETE, UPDATE and several statements, and the ledger stays empty', async () => {
    const { status, events, violations } = await runTrial(sqlAnalyst, { source: simplest })
    expect([status, violations]).toEqual(['completed', []])
    expect(events.filter(({ type }) => type === 'effect-applied')).toEqual([])
    const refused = events.filter((event) => event.type === 'call-rejected')
    expect(refused.map(({ call }) => call)).toEqual(['t2.c0', 't2.c1', 't2.c2', 't2.c3', 't2.c4'])
    expect(events.filter(({ type }) => type === 'request-arrived')).toHaveLength(3)
  })

  it('seed-187: keeps it so in every single fault and storm', () => keepsAll(sqlAnalyst, { trials: 400, seed: 7 }))

  it.each([
    'delete from events',
    'DeLeTe/**/FROM events',
    ';UPDATE events SET a = 1',
    'SELECT 1;SELECT 2',
    "SELECT ';' ; DROP TABLE events",
    'SELECT * INTO copy FROM events',
    '/* SELECT */ TRUNCATE events',
    'WITH x AS (INSERT INTO events VALUES (1) RETURNING 1) SELECT 1',
    'SELECT 1 -- \n; delete from events',
    '',
    ';',
  ])('seed-187: refuses %j', (sql) => {
    expect(notReadOnly(sql)).toMatch(/allowed/)
  })

  it.each([
    'SELECT 1',
    'select a from b;',
    "SELECT 'delete; drop' AS text -- update",
    'WITH x AS (SELECT 1) SELECT * FROM x',
  ])('seed-187: takes %j', (sql) => {
    expect(notReadOnly(sql)).toBeUndefined()
  })
})
