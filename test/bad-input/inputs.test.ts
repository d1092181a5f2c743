/** Input that cannot be used: files, names, tokens, folders. Each has its message, a way out, and its exit code. */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { encodeToken } from '../../src/core/token.js'
import { at, build, program, project, record, stormproof } from './stormproof.js'

beforeAll(build, 90_000)

const few = ['--jobs=1', '--progress=none', '--trials=3'] as const

/** A scenario of one line. */
const scenario = (name: string, more = ''): string =>
  `import { defineScenario } from 'stormproof'\nexport default defineScenario({ name: '${name}', run: () => 1, model: () => [], ${more} })\n`

describe('a scenario file', () => {
  test('that does not load, or exports nothing, is told; the others run, and the record has them all', async () => {
    const folder = project(['throws'], {
      'a.scenario.ts': 'export default {\n  name: nope nope\n}\n',
      'b.scenario.ts': "import './missing.js'\n",
      'c.scenario.ts': "import 'no-such-package'\n",
      'd.scenario.ts': "export const agent = 1\nthrow new RangeError('while loading')\n",
      'e.scenario.ts': 'export const scenario = { name: "e" }\n',
      'f.scenario.ts': scenario('throws-always'),
      'g.scenario.ts': scenario('no good name'),
      'i.scenario.ts':
        "import { defineScenario } from 'stormproof'\nexport default defineScenario({ name: 'i' } as never)\n",
    })
    const { code, out } = await stormproof(folder, few)
    expect(code).toBe(2)
    for (const text of [
      /✗ a\.scenario\.ts was not run\.\n.*Unexpected token.*2:13/s,
      /✗ b\.scenario\.ts was not run\.\n.*Cannot find module.*missing\.js/,
      /✗ c\.scenario\.ts was not run\.\n.*no-such-package/,
      /✗ d\.scenario\.ts was not run\.\n.*while loading\n.*d\.scenario\.ts:2/,
      /✗ e\.scenario\.ts was not run\.\n.*it exports no scenario\n.*→ export default defineScenario/,
      /✗ throws\.scenario\.ts was not run\.\n.*"throws-always" has the name of one in f\.scenario\.ts\n.*→ give each its own name/,
      /✗ g\.scenario\.ts was not run\.\n.*name must be letters/,
      /✗ i\.scenario\.ts was not run\.\n.*must have either `agent` or `run`/,
    ])
      expect(out).toMatch(text)
    const { scenarios } = record(folder)
    expect(scenarios.filter(({ result }) => result === 'scenario-error')).toHaveLength(8)
    expect(scenarios.find(({ name }) => name === 'throws-always')).toMatchObject({ file: 'f.scenario.ts', storms: 3 })
  })

  test('that loops or exits while it loads is told', async () => {
    const folder = project([], {
      'a.scenario.ts': 'for (;;);\n',
      'b.scenario.ts': scenario('b'),
      'c.scenario.ts': 'process.exit(9)\n',
    })
    const { code, out } = await stormproof(folder, ['--hang=250ms', ...few])
    expect(code).toBe(2)
    expect(out).toContain('while it loaded, nothing moved')
    expect(out).toContain('while it loaded, the code under test ended its process with code 9')
    expect(out).toMatch(/ b +3 of 3 storms/)
  })

  test('that names what does not exist hears the nearest name', async () => {
    const folder = project([], {
      'a.scenario.ts': scenario('fault', "faults: { without: ['tool/timeout-after-efect'] }"),
      'b.scenario.ts': scenario('invariant', "breaks: ['at-most-once-efect']"),
      'c.scenario.ts': scenario('preset', "faults: 'stromy' as never"),
    })
    const { code, out } = await stormproof(folder, few)
    expect(code).toBe(2)
    expect(out).toContain(
      'names the fault "tool/timeout-after-efect", which does not exist; did you mean "tool/timeout-after-effect"?',
    )
    expect(out).toContain(
      'names the promise "at-most-once-efect", which does not exist; did you mean "at-most-once-effect"?',
    )
    expect(out).toMatch(/there is no preset "stromy"\n.*\n.*→ use one of none, light, stormy, hostile/)
    expect(out).toContain('→ `npx stormproof list faults` shows those that exist')
  })

  test('whose own functions throw is told with the place', async () => {
    const folder = project([], {
      'a.scenario.ts': scenario('goal', "success: () => { throw new TypeError('goal is broken') }"),
      'b.scenario.ts': scenario('script').replace(
        'model: () => []',
        "model: () => { throw new TypeError('script is broken') }",
      ),
      'c.scenario.ts': `import { refund, shop } from './agents/shop.ts'\n${scenario('promise', "backends: { shop }, always: { 'once': () => { throw new TypeError('promise is broken') } }").replace('() => 1', "() => refund('A-7')")}`,
    })
    const { code, out } = await stormproof(folder, few)
    expect(code).toBe(2)
    expect(out).toContain('a function of the scenario threw TypeError: goal is broken, at a.scenario.ts:2')
    expect(out).toContain('a function of the scenario threw TypeError: script is broken, at b.scenario.ts:2')
    expect(out).toContain('the promise "once" threw: promise is broken')
  })
})

describe('the command line', () => {
  test.each([
    [['--trails=3'], 2, 'there is no flag --trails', 'did you mean --trials?'],
    [['--faults=stromy'], 2, '--faults cannot be "stromy"', 'did you mean stormy?'],
    [['--trials=many'], 2, '--trials must be a whole number of at least 0, "many" came', '--trials=300'],
    [['--hang=5'], 2, '--hang must be a number with a unit, "5" came', '--hang=60s'],
    [['repaly', 'x'], 2, 'there is no command "repaly"', 'did you mean replay?'],
    [['thorws-always'], 4, 'no scenario matches "thorws-always"', 'did you mean throws-always?'],
    [['explain', 'tool-paring'], 2, 'nothing here is called "tool-paring"', 'did you mean tool-pairing?'],
    [['replay', 'v1.%'], 2, 'the replay token "v1.%" cannot be read', 'copy the whole'],
    [['--out=package.json'], 2, 'package.json', 'name another folder: --out='],
  ])('%j ends %i: what came, and what to type instead', async (argv, code, message, remedy) => {
    const ended = await stormproof(project(['throws']), argv)
    expect(ended).toMatchObject({ code, out: '' })
    expect(ended.error).toContain(message)
    expect(ended.error).toMatch(/\n {3}→ /)
    expect(ended.error).toContain(remedy)
  })

  test('whose reader goes away ends quietly', async () => {
    const folder = project(['throws'])
    const script = `import { spawn } from 'node:child_process'
      const child = spawn(process.execPath, [${JSON.stringify(join(process.cwd(), 'bin/stormproof.js'))}, 'list'], { stdio: ['ignore', 'pipe', 'inherit'] })
      child.stdout.destroy()
      child.on('exit', (code) => process.exit(code))`
    expect(await program(folder, ['--input-type=module', '-e', script])).toEqual({ code: 0, out: '', error: '' })
  })
})

describe('the configuration', () => {
  test.each([
    [{ 'stormproof.config.json': '{"gate":{}}' }, 'has an unknown key "gate"', 'did you mean gates?'],
    [
      { 'stormproof.config.json': '{"gates":{"findings":-1}}' },
      'must be findings as a whole number, {"findings":-1} came',
      '→ known keys',
    ],
    [{ 'stormproof.config.json': '{' }, 'stormproof.config.json cannot be loaded', '→ mend it'],
    [
      { 'stormproof.config.ts': "throw new Error('no config')\n" },
      'cannot be loaded: no config, at stormproof.config.ts:1',
      '→ mend it',
    ],
    [
      { 'stormproof.config.ts': 'export const x = 1\n' },
      'does not export a configuration',
      'export default defineConfig',
    ],
  ])('%# ends 2 before anything runs', async (files, message, remedy) => {
    const ended = await stormproof(project(['throws'], files), few)
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.error).toContain(message)
    expect(ended.error).toContain(remedy)
  })
})

describe('a repro', () => {
  const stale = encodeToken({ scenario: 'throws-in-storms', decisions: [['shop.refund#run.0000/a1', 'tool/error']] })
  const kept = (...repros: readonly object[]): string => JSON.stringify({ repros })
  const filed = { scenario: 'throws-in-storms', invariant: 'x', promise: 'x', token: stale }

  test('that is stale says how much of it was met, and ends 3', async () => {
    const folder = project(['throws'])
    const { code, out } = await stormproof(folder, ['replay', stale])
    expect(code).toBe(3)
    expect(out).toContain('NO LONGER APPLIES  0 of 1 decisions met')
    expect(out).toContain('not met: shop.refund#run.0000/a1 = tool/error')
  })

  test('of a scenario that is not here hears the nearest name, and ends 2', async () => {
    const token = encodeToken({ scenario: 'throw-in-storms', decisions: [] })
    const { code, error } = await stormproof(project(['throws']), ['replay', token])
    expect(code).toBe(2)
    expect(error).toContain('the token is of the scenario "throw-in-storms", which is not here')
    expect(error).toContain('did you mean throws-in-storms?')
  })

  test('that is kept and stale leaves a verdict open: 3, until it is pruned', async () => {
    const folder = project(['throws'], { 'throws.repros.json': kept(filed) })
    const first = await stormproof(folder, ['throws-in-storms', ...few])
    expect(first.code).toBe(3)
    expect(first.out).toMatch(
      /the kept repro shop\.refund#run\.0000\/a1 = tool\/error no longer applies: 0 of 1 decisions met/,
    )
    expect(first.out).toContain('`npx stormproof keep prune` removes what no longer applies')
    expect(first.out).toContain('INCONCLUSIVE  a kept repro no longer applies')
    expect(record(folder).scenarios).toMatchObject([{ kept: 1, storms: 3, problems: [{ kind: 'stale-repro' }] }])
    expect(await stormproof(folder, ['keep', 'prune'])).toMatchObject({ code: 0 })
    expect(await stormproof(folder, ['throws-in-storms', '--out=second', ...few])).toMatchObject({ code: 0 })
  })

  test('that is kept for a scenario of another name is told, and ends 2', async () => {
    const folder = project(['throws'], { 'throws.repros.json': kept({ ...filed, scenario: 'throws-in-strom' }) })
    const { code, out } = await stormproof(folder, ['throws-in-storms', ...few])
    expect(code).toBe(2)
    expect(out).toContain('✗ throws.repros.json was not run.')
    expect(out).toContain('it keeps a repro of the scenario "throws-in-strom", which throws.scenario.ts does not have')
    expect(out).toContain('did you mean throws-in-storms?')
  })

  test.each([
    ['{"repros":', 'throws.repros.json is not a list of kept repros'],
    [kept({ ...filed, token: 'v1.YWJj' }), 'throws.repros.json: the replay token "v1.YWJj" cannot be read'],
  ])('file that is corrupt is told by its name, and ends 2: %s', async (text, message) => {
    const folder = project(['throws'], { 'throws.repros.json': text })
    const { code, out } = await stormproof(folder, ['throws-in-storms', ...few])
    expect(code).toBe(2)
    expect(out).toContain(message)
    expect(out).toMatch(/→ (?:delete|restore)/)
    expect(readFileSync(join(folder, 'throws.repros.json'), 'utf8')).toBe(text)
  })

  test('that is kept runs first, by the command line and by simTest', async () => {
    const folder = project(['prints'], {
      'vitest.config.ts':
        "import stormproof from 'stormproof/vitest'\nimport { defineConfig } from 'vitest/config'\nexport default defineConfig({ plugins: [stormproof()] })\n",
      'prints.test.ts':
        "import { simTest } from 'stormproof/vitest'\nimport prints from './prints.scenario.ts'\nsimTest(prints, { trials: 2 })\n",
    })
    expect(await stormproof(folder, few)).toMatchObject({ code: 1 })
    expect(await stormproof(folder, ['keep', 'F1'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('kept in prints.repros.json'),
    })
    const again = await stormproof(folder, ['--out=second', ...few])
    expect(again.out).toContain('0 of 3 storms; first met by a kept repro')
    const [token] = /v1\.\S+/.exec(again.out) ?? []
    const replayed = await stormproof(folder, ['replay', token as string])
    expect(replayed).toMatchObject({ code: 1, out: expect.stringContaining('STILL FAILS  the same bytes in two') })
    expect(replayed.out).toContain('refund A-7   ✗ again')
    const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json'] as const
    const tests = (text: string) => JSON.parse(text.slice(text.indexOf('{'))).testResults[0]
    const failed = (await program(folder, vitest)).out
    const [, repros] = tests(failed).assertionResults
    expect(repros).toMatchObject({ fullName: 'prints kept repros', status: 'failed' })
    expect(repros.failureMessages[0]).toContain(`it still fails: no longer true after shop.refund`)
    expect(repros.failureMessages[0]).toContain(`replay   npx stormproof replay ${token}`)
    // Under vitest, source maps are followed: frames must be the user's all the same.
    const promise = tests(failed).assertionResults.find((one: { title: string }) => one.title === 'refunded once')
    expect(promise.failureMessages[0]).toContain(`where    ${at('agents/shop.ts', '/refunds`')}`)
    writeFileSync(join(folder, 'prints.test.ts'), isolatedTest)
    expect(tests((await program(folder, vitest)).out).message).toContain(
      'its modules cannot be loaded anew from inside this process',
    )
  }, 60_000)
})

const isolatedTest = `import { defineScenario } from 'stormproof'
import { simTest } from 'stormproof/vitest'
simTest(defineScenario({ name: 'isolated', run: () => 1, isolate: true }))
`
