/** The project of a user really runs: by the command line and in its vitest, from the packed package, without a key. */

import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Consumer, copyProject, newConsumer } from './consumer.js'
import { type Packed, packPackage } from './packed.js'

/** The placeholder in `agent.sim.test.ts`. */
const placeholder = 'v1.eJyrVkrOz0tLLUo'

let packed: Packed
let consumer: Consumer
/** What the command line printed for a person, with 60 storms of each scenario. */
let printed: Ended
let token: string

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly error: string
}

/** Runs a script in the project as its owner would: no variable of this test run, no key of a provider. */
function node(...args: readonly string[]): Ended {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:VITEST|NODE_|TEST$|DEV$|PROD$|MODE$)|_API_KEY$/.test(name),
  )
  const options = { cwd: consumer.folder, encoding: 'utf8', env: Object.fromEntries(kept), maxBuffer: 2 ** 26 } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options)
  return { code: status, out: stdout, error: stderr }
}

const stormproof = (...args: readonly string[]): Ended => node('node_modules/stormproof/bin/stormproof.js', ...args)

beforeAll(() => {
  packed = packPackage()
  consumer = newConsumer(packed)
  copyProject(consumer)
  printed = stormproof('run', '--trials', '60')
  token = /replay {3}npx stormproof replay (v1\.[\w-]+)/.exec(printed.out)?.[1] ?? ''
}, 180_000)

afterAll(() => {
  consumer?.remove()
  packed?.remove()
})

describe('the command line', () => {
  test('tells the double refund, and ends with 1', () => {
    expect(printed).toMatchObject({ code: 1, out: expect.stringContaining('F1  an order is refunded once') })
    expect(printed.out).toContain('calm day   checkout ✓   support-refund ✓')
    expect(printed.out).toContain('src/support-agent.ts:19')
    expect(printed.out).toContain('needs    shop.refund #1, answer lost')
  })

  test('finds support-refund guilty and checkout clean, with the same token, as a machine reads it', () => {
    const ended = stormproof('run', '--trials', '60', '--json')
    const lines = ended.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const campaign = lines.at(-1)
    expect(campaign).toMatchObject({ type: 'campaign-end', result: 'fail', exitCode: 1 })
    const results = campaign.scenarios.map(({ name, result, calmGoal, storms }: Record<string, unknown>) => ({
      name,
      result,
      calmGoal,
      storms,
    }))
    expect(results).toEqual([
      { name: 'checkout', result: 'pass', calmGoal: true, storms: 60 },
      { name: 'support-refund', result: 'fail', calmGoal: true, storms: 60 },
    ])
    const findings = lines.filter(({ type }) => type === 'finding')
    const guilty = findings.map(({ scenario, violation }) => [scenario, violation.invariant])
    expect(guilty).toContainEqual(['support-refund', 'an order is refunded once'])
    expect(guilty.filter(([scenario]) => scenario !== 'support-refund')).toEqual([])
    expect(findings.map((finding) => finding.token)).toContain(token)
    expect(ended.code).toBe(1)
  })

  test('replays the line it printed: it still fails', () => {
    const replayed = stormproof('replay', token)
    expect(replayed).toMatchObject({ code: 1, out: expect.stringContaining('STILL FAILS') })
    expect(replayed.out).toContain('an order is refunded once')
  })

  test('replays it as passed once the agent sends no second refund', () => {
    const agent = consumer.read('src/support-agent.ts')
    const once = agent
      .replace('export const tools', 'const asked = new Map<string, Promise<Response>>()\nexport const tools')
      .replace('const answer = await fetch(', 'const sent = asked.get(orderId) ?? fetch(')
      .replace(
        '      if (!answer.ok)',
        '      asked.set(orderId, sent)\n      const answer = await sent\n      if (!answer.ok)',
      )
    consumer.write('src/support-agent.ts', once.replace('Promise<string> {', 'Promise<string> {\n  asked.clear()'))
    const replayed = stormproof('replay', token)
    consumer.write('src/support-agent.ts', agent)
    expect(replayed).toMatchObject({ code: 0, out: expect.stringContaining('PASSES') })
  })
})

/** A tool that finds fault with everything: it asks, and never does anything that could be done twice. */
const sulky = `import { toolTest } from 'stormproof/vitest'
import { z } from 'zod'

const sulky = {
  inputSchema: z.object({ orderId: z.string() }),
  execute: async () => {
    await fetch('https://api.shop.example/orders')
    throw new Error('not today')
  },
}
toolTest(sulky, { name: 'sulky', claims: { effect: 'write' } })
`

interface Report {
  readonly testResults: readonly {
    readonly message: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages: readonly string[]
    }[]
  }[]
}

/** Runs the vitest of the project, with another configuration where one is named. */
function vitest(config = 'vitest.config.ts'): Report {
  const ended = node(
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    config,
    '--reporter',
    'json',
    '--outputFile',
    'report.json',
  )
  expect(ended.code).toBe(1)
  return JSON.parse(consumer.read('report.json')) as Report
}

describe('agent.sim.test.ts, with the token of the finding in the place of its placeholder', () => {
  let results: Report['testResults'][number]['assertionResults']

  beforeAll(() => {
    const source = consumer.read('agent.sim.test.ts')
    expect(source).toContain(placeholder)
    consumer.write('agent.sim.test.ts', source.replace(placeholder, token))
    results = vitest().testResults.flatMap((file) => file.assertionResults)
  }, 60_000)

  const named = (start: string) => results.filter(({ fullName }) => fullName.startsWith(start))

  test('has a test per promise of checkout, and none fails', () => {
    const names = named('checkout ').map(({ fullName }) => fullName)
    expect(names).toEqual(expect.arrayContaining(['checkout works on a calm day', 'checkout an order is charged once']))
    expect(named('checkout ').filter(({ status }) => status === 'failed')).toEqual([])
  })

  test('fails at the kept repro and at the broken promise of support-refund, and says how to replay', () => {
    const broken = named('support-refund ').filter(({ status }) => status === 'failed')
    expect(broken.map(({ fullName }) => fullName)).toEqual([
      'support-refund kept repros',
      'support-refund an order is refunded once',
    ])
    expect(broken.map(({ failureMessages }) => failureMessages.join(''))).toEqual([
      expect.stringContaining(`replay ${token}`),
      expect.stringContaining(`replay ${token}`),
    ])
    expect(named('support-refund works on a calm day')).toMatchObject([{ status: 'passed' }])
  })

  test('has a test a clause of the refund tool, fails for those it breaks, and skips what nobody claimed', () => {
    const tool = named('Refund an order ')
    const ended = (status: string) =>
      tool.filter((one) => one.status === status).map(({ fullName }) => fullName.slice('Refund an order '.length))
    expect(ended('failed')).toEqual([
      'idempotent',
      'errors typed',
      'terminates',
      'no injection from input to where it decides',
    ])
    expect(ended('passed')).toContain('rejects invalid input before any effect')
    expect(ended('skipped')).toEqual(expect.arrayContaining(['honours abort', 'compensates', 'read-only']))
    expect(tool.flatMap(({ failureMessages }) => failureMessages).join('')).toContain('⚡ answer lost')
  })

  test('fails a clause that concerns the tool and that no call put to the test, and says what to do', () => {
    consumer.write('sulky.tool.test.ts', sulky)
    const ended = vitest().testResults.flatMap((file) => file.assertionResults)
    rmSync(join(consumer.folder, 'sulky.tool.test.ts'))
    const never = ended.filter(({ fullName }) => fullName === 'sulky idempotent')
    expect(never).toMatchObject([{ status: 'failed' }])
    expect(never[0]?.failureMessages.join('')).toContain("without: { 'idempotent': 'because …' }")
    expect(ended.filter(({ fullName }) => fullName === 'sulky compensates')).toMatchObject([{ status: 'skipped' }])
  })

  test('passes where there is no fault', () => {
    expect(named('a quiet world needs no luck')).toMatchObject([{ status: 'passed' }])
  })

  test('refuses to run without the plugin, with the line to add', () => {
    consumer.write('bare.config.ts', 'export default {}\n')
    const messages = vitest('bare.config.ts').testResults.map(({ message }) => message)
    expect(messages).toEqual([
      expect.stringContaining('simTest needs the stormproof plugin'),
      expect.stringContaining('toolTest needs the stormproof plugin'),
    ])
  })
})
