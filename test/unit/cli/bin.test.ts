import { spawn } from 'node:child_process'
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { encodeToken } from '../../../src/core/token.js'
import { temporaryFolder } from './temporary-folder.js'

const bin = resolve('bin/stormproof.js')

/** Charges again after a lost answer, with another key: found by the single fault. */
const careless = `
import { defineScenario } from 'stormproof'
import { payments } from 'stormproof/backends'
export default defineScenario({
  name: 'careless',
  backends: { payments: payments() },
  run: async ({ payments }) => {
    const charge = () => payments.charge({ orderId: 'A', cents: 1 })
    try { await charge() } catch { await charge() }
    return 'done'
  },
  model: () => [],
  always: { 'charged once': ({ ledger }) => ledger.payments.charge.length <= 1 },
  success: ({ ledger }) => ledger.payments.charge.length >= 1,
})
`

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly error: string
}

function stormproof(folder: string, argv: readonly string[], interruptAt?: RegExp): Promise<Ended> {
  const child = spawn(process.execPath, [bin, ...argv], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1', COLUMNS: '110' },
  })
  let [out, error] = ['', '']
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()))
  child.stderr.on('data', (bytes: Buffer) => {
    const before = error
    error += bytes.toString()
    if (interruptAt?.test(error) && !interruptAt.test(before)) child.kill('SIGINT')
  })
  return new Promise((done) => child.on('close', (code) => done({ code, out, error })))
}

function project(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder({ '.git/HEAD': '', 'package.json': '{"type":"module"}', ...files })
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  return folder
}

// The real program needs its build (npm run build); npm install makes one.
describe.skipIf(!existsSync('dist/src/cli/main.js'))('the built program', { timeout: 120_000 }, () => {
  test('finds, replays, keeps and runs first what breaks', async () => {
    const folder = project({ 'careless.scenario.ts': careless })
    const first = await stormproof(folder, ['--trials=5', '--jobs=1'])
    expect(first.code).toBe(1)
    expect(first.out).toContain('✗ F1  charged once')
    const token = /replay (v1\.\S+)/.exec(first.out)?.[1] as string
    const again = await stormproof(folder, ['replay', token])
    expect(again).toMatchObject({
      code: 1,
      out: expect.stringContaining('STILL FAILS  the same bytes in two processes'),
    })
    const inside = await stormproof(folder, ['replay', token, '--print=ledger,state'])
    expect(inside.code).toBe(1)
    expect(inside.out).toMatch(/ ledger\n.*payments\.charge.*\n.*payments\.charge/)
    expect(await stormproof(folder, ['keep', 'F1'])).toMatchObject({ code: 0 })
    expect(JSON.parse(readFileSync(join(folder, 'careless.repros.json'), 'utf8')).repros[0].token).toBe(token)
    expect((await stormproof(folder, ['--trials=1', '--jobs=1'])).out).toContain('first met by a kept repro')
    const mended = project({
      'careless.scenario.ts': careless.replace('catch { await charge() }', 'catch { return 0 }'),
    })
    expect(await stormproof(mended, ['replay', token])).toMatchObject({
      code: 0,
      out: expect.stringContaining('PASSES'),
    })
    const renamed = project({
      'careless.scenario.ts': careless
        .replace('const charge = () => payments.charge(', 'const charge = async () => 1; (')
        .replace('cents: 1 })', 'cents: 1 })'),
    })
    expect(await stormproof(renamed, ['replay', token])).toMatchObject({
      code: 3,
      out: expect.stringContaining('NO LONGER APPLIES  0 of 1 decisions met'),
    })
  })

  test('with --json nothing but JSON is on stdout', async () => {
    const folder = project({ 'careless.scenario.ts': `console.log('loading')\n${careless}` })
    const { out, error } = await stormproof(folder, ['--json', '--trials=3', '--jobs=1'])
    const types = out
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type)
    expect([types[0], types.at(-1)]).toEqual(['campaign-start', 'campaign-end'])
    expect(new Set(types)).toEqual(new Set(['campaign-start', 'trial-end', 'finding', 'gate', 'campaign-end']))
    expect(error).toContain('loading')
  })

  test('tells what is wrong with each file and runs the others', async () => {
    const folder = project({
      'good.scenario.ts': careless,
      'bad.scenario.ts': "import './nope.js'\n",
      'dies.scenario.ts': 'process.exit(3)\n',
    })
    const { code, out } = await stormproof(folder, ['--trials=2', '--jobs=1'])
    expect(code).toBe(2)
    expect(out).toContain('bad.scenario.ts was not run')
    expect(out).toContain('ended its process with code 3')
    expect(out).toContain('✗ F1  charged once')
  })

  test.each([
    [{}, [], 4, 'there is no scenario here'],
    [{ 'a.scenario.ts': careless }, ['carless'], 4, 'did you mean careless?'],
    [{ 'a.scenario.ts': careless, 'stormproof.config.json': '{"trails":1}' }, [], 2, 'did you mean trials?'],
    [
      { 'a.scenario.ts': careless },
      ['replay', encodeToken({ scenario: 'careles', decisions: [['x@hold', '1']] })],
      2,
      'did you mean careless?',
    ],
    [{ 'a.scenario.ts': careless, out: 'a file' }, ['--out=out'], 2, 'cannot be written'],
  ])('%# ends with its code and a way out', async (files, argv, code, text) => {
    const ended = await stormproof(project(files), argv)
    expect(ended).toMatchObject({ code, error: expect.stringContaining(text) })
  })

  test('Ctrl-C once ends with a report that is marked', async () => {
    const folder = project({ 'a.scenario.ts': careless })
    const ended = await stormproof(folder, ['--trials=1000000', '--time=5m', '--jobs=1', '--progress=bar'], /▐/)
    expect(ended).toMatchObject({ code: 130, out: expect.stringContaining('INTERRUPTED') })
  })

  test('doctor proves that one seed gives the same bytes', async () => {
    const ended = await stormproof(project({ 'a.scenario.ts': careless }), ['doctor'])
    expect(ended).toMatchObject({ code: 0, out: expect.stringContaining('✓ careless') })
  })
})
