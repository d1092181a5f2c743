/** The reporter in a real vitest: the record of the command line, from a run of `simTest`s. */

import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { build, campaign, program, project, record, stormproof, trials } from './stormproof.js'

beforeAll(build, 90_000)

const config = (reporter: string): string => `import stormproof, { stormproofReporter } from 'stormproof/vitest'
import { defineConfig } from 'vitest/config'
export default defineConfig({ plugins: [stormproof()], test: { reporters: ['default', ${reporter}] } })
`
const tests = `import { simTest } from 'stormproof/vitest'
import prints from './prints.scenario.ts'
import { throwsInStorms } from './throws.scenario.ts'
simTest(prints, { trials: 20, time: '10m' })
simTest(throwsInStorms, { trials: 20, time: '10m' })
`
const vitest = ['node_modules/vitest/vitest.mjs', 'run'] as const

test('leaves the record, the trials and the histories that the command line leaves, and tells where', async () => {
  const folder = project(['prints', 'throws'], {
    'vitest.config.ts': config("stormproofReporter({ reporters: ['junit', 'agent'] })"),
    'a.test.ts': tests,
    'plain.test.ts': "import { test } from 'vitest'\ntest('another', () => {})\n",
  })
  const ended = await program(folder, vitest)
  expect(ended.code, ended.error).toBe(1)
  expect(ended.out).toContain('stormproof  the record of 2 scenarios: ')
  expect(ended.out).toMatch(/^finding: F1$/m)
  const [own, ran, files] = [record(folder), trials(folder), readdirSync(campaign(folder), { recursive: true })]
  expect(files).toEqual(expect.arrayContaining(['junit.xml', 'manifest.json', join('histories', 'prints-F1.ndjson')]))
  const histories = readFileSync(join(campaign(folder), 'histories/prints-F1.ndjson'), 'utf8')
  // The story, and the line that replays it, stand with the test that failed.
  const { token } = own.scenarios[0]!.findings[0]!
  expect(ended.out + ended.error).toContain(`npx stormproof replay ${token}`)

  rmSync(join(folder, '.stormproof'), { recursive: true })
  await stormproof(folder, ['prints', 'throws-in-storms', '--trials=20', '--time=10m', '--jobs=1', '--progress=none'])
  const theirs = record(folder)
  expect({ ...own, campaign: '', environment: {} }).toEqual({ ...theirs, campaign: '', environment: {} })
  expect(ran).toEqual(trials(folder))
  expect(histories).toBe(readFileSync(join(campaign(folder), 'histories/prints-F1.ndjson'), 'utf8'))
}, 120_000)

test('a scenario tested twice leaves two records: the second time is not lost, and the first is the latest', async () => {
  const folder = project(['prints', 'throws'], {
    'vitest.config.ts': config('stormproofReporter()'),
    'a.test.ts': `${tests}simTest(prints, { trials: 2, faults: 'none' })\n`,
  })
  const { code, out } = await program(folder, vitest)
  expect(code).toBe(1)
  expect(out).toContain('the record of 2 scenarios: ')
  expect(out).toContain('the record of 1 scenario: ')
  const folders = readdirSync(join(folder, '.stormproof/campaigns')).sort()
  const found = folders.map((name) => {
    const { preset, scenarios } = JSON.parse(
      readFileSync(join(folder, '.stormproof/campaigns', name, 'record.json'), 'utf8'),
    )
    return [preset, scenarios.map((one: { name: string; findings: unknown[] }) => [one.name, one.findings.length])]
  })
  expect(found).toEqual([
    [
      'stormy',
      [
        ['prints', 1],
        ['throws-in-storms', 0],
      ],
    ],
    ['none', [['prints', 0]]],
  ])
  expect(readFileSync(join(folder, '.stormproof/latest'), 'utf8')).toBe(`campaigns/${folders[0]}\n`)
}, 120_000)

test('a folder that cannot be written is told with a way out, and nothing is left in the folder of the system', async () => {
  const folder = project(['prints'], { 'vitest.config.ts': config("stormproofReporter({ out: 'file' })"), file: 'x' })
  writeFileSync(join(folder, 'a.test.ts'), tests.replace(/^.*hrows.*$\n/gm, '').replace('20', '2'))
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('stormproof-vitest-'))
  const { code, error } = await program(folder, vitest)
  expect(code).toBe(1)
  expect(error).toMatch(/✗ stormproof: .*file.* cannot be written \(ENOTDIR\)\n {3}→ name another folder/)
  const left = readdirSync(tmpdir()).filter((name) => name.startsWith('stormproof-vitest-') && !before.includes(name))
  expect(left).toEqual([])
}, 120_000)

test('a run without a simTest leaves nothing', async () => {
  const folder = project([], {
    'vitest.config.ts': config('stormproofReporter()'),
    'plain.test.ts': "import { test } from 'vitest'\ntest('another', () => {})\n",
  })
  expect(await program(folder, vitest)).toMatchObject({ code: 0 })
  expect(readdirSync(folder)).not.toContain('.stormproof')
}, 120_000)

test('a promise that concerns the agent and never arose fails its test; one that does not concern it is skipped', async () => {
  const folder = project([], {
    'vitest.config.ts': config('"default"'),
    'looks.scenario.ts': `import { defineScenario } from 'stormproof'
import { get, shop } from './agents/shop.ts'
export default defineScenario({
  name: 'looks',
  backends: { shop },
  run: () => get('/orders/A-7').catch(() => 'sorry'),
  model: () => [],
  always: { 'refunded once': ({ ledger }) => ledger.shop.refund.length <= 1 },
})
`,
    'a.test.ts': `import { simTest } from 'stormproof/vitest'
import looks from './looks.scenario.ts'
simTest(looks, { trials: 3, time: '10m' })
`,
  })
  const { code, out } = await program(folder, [...vitest, '--reporter=json'])
  const { assertionResults } = JSON.parse(out.slice(out.indexOf('{'))).testResults[0]
  const ended = (status: string): string[] =>
    assertionResults.flatMap((one: { status: string; title: string }) => (one.status === status ? [one.title] : []))
  expect(code).toBe(1)
  expect(ended('failed')).toEqual(['refunded once'])
  expect(out).toContain('it concerns this agent, and never arose in 3 storms')
  expect(out).toContain('run more of them, or let the script and the faults of the scenario lead there')
  expect(ended('passed')).toContain('works on a calm day')
  expect(ended('skipped')).toEqual(expect.arrayContaining(['saga-consistency', 'approval-gate']))
}, 120_000)
