/** Agents that misbehave, run by the real program: what came, what was expected, what to do, the exit code, and a record. */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { at, bin, build, campaign, program, project, record, stormproof, trials } from './stormproof.js'

beforeAll(build, 90_000)

const few = ['--jobs=1', '--progress=none', '--trials=3'] as const

describe('an agent that throws', () => {
  test('on the calm day is told with the class, the message and the place of its error, and ends 2', async () => {
    const folder = project(['throws'])
    const { code, out } = await stormproof(folder, ['throws-always', 'throws-without-goal', ...few])
    expect(code).toBe(2)
    expect(out).toContain('throws-always does not work on a calm day, so no storm was tried.')
    expect(out).toContain("your agent threw TypeError: Cannot read properties of undefined (reading 'name')")
    expect(out).toContain(`${at('throws.scenario.ts', '.name')}\n`)
    expect(out).toContain('your agent threw out of luck')
    expect(out).not.toContain('not about your agent')
    expect(record(folder)).toMatchObject({ result: 'scenario-error', exitCode: 2 })
  })

  test('only when something went wrong is an agent whose run failed, and ends 0', async () => {
    const folder = project(['throws'])
    expect(await stormproof(folder, ['throws-in-storms', ...few])).toMatchObject({ code: 0 })
    expect(record(folder).scenarios).toMatchObject([{ name: 'throws-in-storms', result: 'pass', problems: [] }])
    expect(trials(folder).filter(({ status }) => status === 'failed').length).toBeGreaterThan(0)
  })
})

describe('an agent that never comes back', () => {
  test('because it waits for ever breaks run-liveness, can be replayed, and ends 1', async () => {
    const folder = project(['hangs'])
    const { code, out } = await stormproof(folder, ['waits-for-ever', ...few])
    expect(code).toBe(1)
    expect(out).toMatch(/✗ F1 {2}A run comes to an end.*waits-for-ever · run-liveness/)
    expect(out).toContain('needs    shop.order #1, refused with an error')
    expect(out).toContain('same bytes in 3 replays')
  })

  test('because it never yields is ended, found, not replayed, and does not stop the other scenarios', async () => {
    const folder = project(['hangs'])
    const ended = await stormproof(folder, ['spins', 'goes-on', '--hang=1s', ...few])
    expect(ended.code).toBe(1)
    expect(ended.out).toContain('nothing moved for 1 s of real time: a loop that never yields')
    expect(ended.out).toMatch(/needs {4}a burst of rate limits/)
    expect(ended.out).toContain('needs    nothing: it happens on a calm day')
    expect(ended.out).toContain('not made smaller, not reproducible step by step: its process had to be ended')
    expect(ended.out).toContain('usual    look for a loop without await')
    expect(ended.out).not.toContain('stormproof keep F')
    const scenarios = record(folder).scenarios.toSorted((one, other) => (one.name < other.name ? -1 : 1))
    expect(scenarios).toMatchObject([
      { name: 'goes-on', result: 'pass', storms: 3 },
      { name: 'spins-always', result: 'fail', findings: [{ replays: 0, origin: 'calm' }] },
      { name: 'spins-in-storms', result: 'fail', findings: [{ replays: 0, origin: 'single' }] },
    ])
    expect(await stormproof(folder, ['keep', 'F1'])).toMatchObject({
      code: 2,
      error: expect.stringContaining('stood still: it cannot be kept'),
    })
    const [token] = /v1\.\S+/.exec(ended.out.slice(ended.out.indexOf('spins-in-storms ·'))) ?? []
    expect(await stormproof(folder, ['replay', token as string, '--hang=1s'])).toMatchObject({
      code: 1,
      out: expect.stringContaining('STILL FAILS  it stood still again'),
    })
  })
})

describe('an agent that is busy for ever', () => {
  test('in storms leaves them without a verdict, says so, and ends 3', async () => {
    const folder = project(['endless'])
    // Trials of 10,000 steps: where the machine is busy, half a minute would not do.
    const { code, out } = await stormproof(folder, ['in-storms', ...few, '--time=100s'])
    expect(code).toBe(3)
    for (const name of ['polls-in-storms', 'waits-in-storms'])
      expect(out).toContain(` ✗ ${name}: not everything has a verdict.`)
    expect(out).toMatch(
      /in \d+ of \d+ trials the agent was still going when its budget ended \(10,000 steps of the world/,
    )
    expect(out).toContain('→ bound its loop')
    expect(out).toContain('INCONCLUSIVE  some trials did not come to an end')
    expect(new Set(trials(folder).map(({ ending }) => ending))).toEqual(new Set(['rest', 'steps', 'time']))
  })

  test('on the calm day gets no storm, and ends 2', async () => {
    const folder = project(['endless'])
    const { code, out } = await stormproof(folder, ['talks-always', ...few])
    expect(code).toBe(2)
    expect(out).toContain('talks-always does not come to an end on a calm day')
    expect(out).toContain('→ look for a loop that asks the model or a tool for ever')
  })
})

describe('an agent that prints', () => {
  test('is heard with its finding, cut short, and in full with -v; never elsewhere, and without control characters', async () => {
    const folder = project(['prints'])
    const { code, out, error } = await stormproof(folder, few)
    expect({ code, error }).toEqual({ code: 1, error: '' })
    expect(out.match(/line \d/g)).toEqual(['line 1', 'line 2', 'line 3'])
    expect(out).toContain('console  line 1: starting\n')
    expect(out).toContain('… 1 more line with -v')
    expect(out).not.toContain('\u001b')
    const verbose = await stormproof(project(['prints']), ['-v', ...few])
    expect(verbose.out.match(/line \d/g)).toEqual(['line 1', 'line 2', 'line 3', 'line 4'])
  })
})

describe('an agent that ends its process', () => {
  test('by process.exit is told where, by force is told how, and ends 2', async () => {
    const folder = project(['exits'])
    const { code, out } = await stormproof(folder, few)
    expect(code).toBe(2)
    expect(out).toContain(`the agent called process.exit(0)\n     ${at('exits.scenario.ts', 'process.exit')}\n`)
    expect(out).toContain('the worker process was ended by SIGKILL')
    expect(out).toContain('→ let the agent return or throw instead of ending')
    expect(record(folder).scenarios.map(({ problems }) => problems.map(({ kind }) => kind))).toEqual([
      ['exit'],
      ['exit'],
    ])
  })
})

describe('an agent that keeps state between trials', () => {
  test('is not repeatable: the first event that differs, the variables that may be to blame, the ways out; it ends 5', async () => {
    const folder = project(['keeps-state'])
    const { code, out } = await stormproof(folder, ['keeps-state', ...few])
    expect(code).toBe(5)
    expect(out).toMatch(/keeps-state is not repeatable: the calm day gave another history .*first at event 1/)
    expect(out).toMatch(/first {3}\{.*"shop".*\n {3}second {2}\{.*"order/)
    expect(out).toContain(
      `${at('agents/session-cache.ts', 'new Map')}  const cache = new Map<string, Promise<unknown>>()`,
    )
    expect(out).toContain(`${at('agents/session-cache.ts', 'let hits')}  export let hits = 0`)
    expect(out).not.toContain('const prefix')
    expect(out).toContain('→ Reset it in `run`, or set `isolate: true` in the scenario')
    const doctor = await stormproof(folder, ['doctor'])
    expect(doctor.code).toBe(5)
    expect(doctor.out).toContain('✗ keeps-state  the calm day differs in a fresh copy of its modules: it keeps state')
    expect(doctor.out).toContain('✓ isolated  5 trials gave the same bytes')
  })

  test('is not taken for a mistake in the script, where its second run does less', async () => {
    const { code, out } = await stormproof(project(['state-then-script']), few)
    expect(code).toBe(5)
    expect(out).toContain('works-once is not repeatable')
    expect(out).toContain(`${at('state-then-script.scenario.ts', 'let done')}  let done = false`)
    expect(out).not.toContain('never asked for')
  })

  test('passes determinism with `isolate`, and what it does wrong is found', async () => {
    const folder = project(['keeps-state'])
    const { code, out } = await stormproof(folder, ['isolated', '--jobs=2', '--progress=none', '--trials=51'])
    expect(code).toBe(1)
    expect(out).toContain('needs    shop.refund #1, answer lost')
    expect(out).toContain(`where    ${at('agents/shop.ts', '/refunds`')}`)
    const [isolated] = record(folder).scenarios
    expect(isolated).toMatchObject({ storms: 51, doubleRuns: 3, findings: [{ replays: 3 }] })
    expect(isolated?.nondeterminism).toBeUndefined()
    // Its cache is empty in every trial: the order is asked for each time.
    const history = readFileSync(join(campaign(folder), 'histories/isolated-F1.ndjson'), 'utf8')
    expect(history).toMatch(/"operation":"order".*"request-arrived"/)
    const [token] = /v1\.\S+/.exec(out) ?? []
    expect(await stormproof(folder, ['replay', token as string])).toMatchObject({
      code: 1,
      out: expect.stringContaining('STILL FAILS  the same bytes in two processes'),
    })
  })
})

describe('an agent that reaches out of the world', () => {
  test('ends 2, and is told with its place; nothing got out', async () => {
    const folder = project(['leaks'])
    const { code, out } = await stormproof(folder, few)
    expect(code).toBe(2)
    for (const [name, text, code] of [
      ['leaks-socket', 'your agent reached out of the simulation: a socket to localhost:5432', 'void connect'],
      ['leaks-name-look-up', 'your agent reached out of the simulation: a name look-up of db.example', 'lookup('],
      ['leaks-process', 'your agent reached out of the simulation: a child process (/bin/sh)', 'void exec'],
      ['leaks-file', 'your agent reached out of the simulation: writing the file leaked.txt', 'writeFile('],
      ['leaks-thread', 'your agent reached out of the simulation: a worker thread ()', 'new Worker'],
      ['asks-nobody', 'your agent asked for a host that no backend answers: PUT https://audit.example/log', 'fetch('],
    ] as const)
      expect(out).toContain(
        ` ✗ ${name} does not work on a calm day, so no storm was tried. This is about the scenario, not about your agent.\n   ${text}\n     ${at('leaks.scenario.ts', code)}\n   → `,
      )
    expect(existsSync(join(folder, 'leaked.txt'))).toBe(false)
    expect(record(folder).scenarios.every(({ problems }) => problems.length === 1)).toBe(true)
  })
})

describe('an agent that was loaded before stormproof', () => {
  test('ends 2, and is told what it holds, where, and how to load it; nothing got out', async () => {
    const folder = project(['loaded-early'], {
      'early.mjs': 'globalThis.early = { fetch, setTimeout }',
      'start.mjs': `process.env.NODE_OPTIONS = '--import ./early.mjs'\nawait import(${JSON.stringify(bin)})`,
    })
    const { code, out } = await program(folder, ['start.mjs', ...few])
    expect(code).toBe(2)
    for (const text of [
      'a real fetch, taken before stormproof was registered (a TLS socket to api.openai.com:443)\n',
      `a real setTimeout, taken before stormproof was registered\n     ${at('loaded-early.scenario.ts', 'early.setTimeout(')}\n`,
    ])
      expect(out).toContain(
        `   your agent reached out of the simulation: ${text}   → load stormproof before your agent: \`node --import stormproof/register\``,
      )
  })
})
