/** The page on checks of one's own is true: its project passes as it stands, and each of its checks falls when what it is about goes wrong. */

import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { build, project, record, stormproof } from '../bad-input/stormproof.js'
import { typeCheck } from '../contract/type-check.js'

beforeAll(build, 300_000)

const page = readFileSync('docs/custom-checks.md', 'utf8')
const files = Object.fromEntries(
  [...page.matchAll(/```ts\n\/\/ ([\w.-]+\.ts)\n([\s\S]*?)```/g)].map(([, name, code]) => [
    name as string,
    code as string,
  ]),
)

/** What its scenario comes to, where some texts of one file are others. */
async function run(file: string, edits: readonly (readonly [was: string, is: string])[], trials = 30) {
  let code = files[file] as string
  for (const [was, is] of edits) {
    expect(code).toContain(was)
    code = code.replace(was, is)
  }
  const folder = project([], { ...files, [file]: code })
  const ended = await stormproof(folder, ['--jobs=1', '--progress=none', `--trials=${trials}`])
  const [scenario] = record(folder).scenarios
  const broken = scenario?.findings.map(({ violation }) => violation.invariant) ?? []
  return { ...ended, broken, scenario }
}

test('it has a file for each kind of check', () => {
  expect(Object.keys(files).sort()).toEqual([
    'adds-up.invariant.ts',
    'customer-is-told.invariant.ts',
    'no-late-refund.invariant.ts',
    'refunds.scenario.ts',
    'shop.backend.ts',
  ])
})

test('it compiles', () => {
  const compilerOptions = {
    ...{ strict: true, noEmit: true, target: 'es2022', module: 'nodenext', lib: ['es2023', 'dom'], skipLibCheck: true },
    ...{ allowImportingTsExtensions: true, types: ['node'] },
  }
  const folder = project([], { ...files, 'tsconfig.json': JSON.stringify({ compilerOptions, include: ['*.ts'] }) })
  expect(typeCheck(folder, ['-p', '.'])).toEqual([])
}, 300_000)

test('it passes as it stands: every promise was tested, the situation arose', async () => {
  const { code, out, broken, scenario } = await run('shop.backend.ts', [], 100)
  expect(broken, out).toEqual([])
  expect(code, out).toBe(0)
  const own = ['an order is refunded once', 'no-late-refund', 'customer-is-told', 'refund-comes-first', 'adds-up']
  for (const name of [...own, 'a refund was asked for again after it was done'])
    expect(scenario?.invariants.find((one) => one.name === name)).toMatchObject({ group: 'tested', broken: 0 })
}, 120_000)

const scenario = 'refunds.scenario.ts'

test.each([
  ['an order is refunded once', scenario, [[", { idempotencyKey: 'refund A-7' }", '']]],
  [
    'no-late-refund',
    scenario,
    [
      ['tries === 5', 'tries === 1'],
      ['wait(10_000)', 'wait(120)'],
      ['noLateRefund, customerIsTold', 'noLateRefund'],
    ],
  ],
  [
    'customer-is-told',
    scenario,
    [["await insist(() => mail.send(told, { idempotencyKey: 'mail A-7' }))", 'void mail']],
  ],
  [
    'refund-comes-first',
    scenario,
    [
      [
        'await insist(() => shop',
        "await mail.send({ to: 'a@b.example', subject: 'A-7' })\n    await insist(() => shop",
      ],
    ],
  ],
  ['adds-up', 'shop.backend.ts', [['?? 0) + cents', '?? 0) + cents - 1']]],
] as const)(
  '%s falls when what it is about goes wrong',
  async (name, file, edits) => {
    const { code, broken, out } = await run(file, edits)
    expect(broken, out).toContain(name)
    expect(code).toBe(1)
  },
  120_000,
)

test('where its situation never arises it is not green', async () => {
  const { code, out } = await run(scenario, [["name: 'refunds',", "name: 'refunds', faults: 'none',"]], 5)
  expect(out).toContain('never: a refund was asked for again after it was done (refunds)')
  expect(code).toBe(3)
}, 120_000)
