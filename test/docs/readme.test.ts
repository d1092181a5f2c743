/** The README is true: its numbers are those of the registries, its files run as they stand, its output is what they print. */

import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { invariants } from '../../src/check/registry.js'
import { faults } from '../../src/sim/fault/registry.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const blocks = [...readme.matchAll(/```ts\n\/\/ ([\w.-]+\.ts)[^\n]*\n([\s\S]*?)```/g)].map(([, name, code]) => ({
  name: name as string,
  code: code as string,
}))
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'readme-'))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(root, join(folder, 'node_modules', 'stormproof'))
  for (const name of ['ai', '@ai-sdk', 'zod', 'vitest'])
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  mkdirSync(join(folder, 'src'))
  cpSync(join(root, 'scenarios/agents/support-agent.ts'), join(folder, 'src/support-agent.ts'))
  for (const { name, code } of blocks) writeFileSync(join(folder, name), code)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (...args: string[]) => {
  const done = spawnSync(process.execPath, [join(root, 'bin/stormproof.js'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', COLUMNS: '140' },
  })
  return { code: done.status, text: done.stdout + done.stderr }
}

test('the numbers of promises and faults are those that exist', () => {
  expect(Number(/(\d+) promises are checked/.exec(readme)?.[1])).toBe(invariants.length)
  expect(Number(/(\d+) kinds of fault/.exec(readme)?.[1])).toBe(faults.length)
})

test('the files of "Your agent" run as they stand and end in the finding that is shown', () => {
  expect(blocks.map(({ name }) => name)).toEqual([
    'support.scenario.ts',
    'shop.backend.ts',
    'vitest.config.ts',
    'agent.sim.test.ts',
  ])
  const { code, text } = run('--trials', '50')
  expect(text).toContain('an order is refunded once')
  expect(text).toContain('needs    shop.refund #1, answer lost')
  expect(text).toContain('send an Idempotency-Key that is the same in every try')
  expect(code).toBe(1)
  const line = /npx stormproof (replay v1\.\S+)/.exec(text)?.[1]?.split(' ') ?? []
  const again = run(...line)
  expect(again.text).toMatch(/still fails/i)
  expect(again.code).toBe(1)
})

test('every command and flag of the README is known to the command line', () => {
  const help = run('--help').text + run('help', 'more').text
  for (const [, flag] of readme.matchAll(/(--[a-z][a-z-]+)/g)) expect(help).toContain(flag)
  for (const command of [
    'replay',
    'keep',
    'explain',
    'doctor',
    'list',
    'report',
    'merge',
    'diff',
    'trace',
    'completion',
  ])
    expect(help).toContain(`npx stormproof ${command}`)
})
