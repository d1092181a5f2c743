/** Ctrl-C in the middle of a campaign, once and twice: the trials that run are finished, nothing is lost, nobody is left behind. */

import { type ChildProcess, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { build, campaign, project, record, stormproof, trials } from './stormproof.js'

beforeAll(build, 90_000)

const long = ['--trials=1000000', '--time=5m', '--progress=bar'] as const

/** Presses Ctrl-C when something has been written that matches, `times` in all. */
function press(pattern: RegExp, times = 1) {
  let pressed = 0
  return (child: ChildProcess, error: string): void => {
    if (pressed === 0 && pattern.test(error)) {
      pressed++
      child.kill('SIGINT')
    } else if (pressed < times && error.includes('Ctrl-C again')) {
      pressed++
      child.kill('SIGINT')
    }
  }
}

test('once: the batch is finished, the record is whole and marked, the other scenarios are marked too; 130', async () => {
  const folder = project(['throws'])
  const ended = await stormproof(folder, ['in-storms', 'throws-always', ...long], press(/throws-in-storms {2}\d\d+\/1/))
  expect(ended.code).toBe(130)
  expect(ended.error).toContain('finishing the trials that run, then the report; Ctrl-C again ends at once')
  expect(ended.out).toContain('INTERRUPTED  the record is partial')
  const { result, exitCode, scenarios } = record(folder)
  expect({ result, exitCode }).toEqual({ result: 'interrupted', exitCode: 130 })
  const storms = scenarios.find(({ name }) => name === 'throws-in-storms')?.storms ?? 0
  expect(storms).toBeGreaterThan(9)
  // Every storm that counts has its line.
  expect(trials(folder).filter(({ origin }) => origin === 'fresh')).toHaveLength(storms)
  expect(readFileSync(join(folder, '.stormproof/latest'), 'utf8')).toMatch(/^campaigns\//)
})

test('before a scenario had its turn: it is in the record, as interrupted', async () => {
  const folder = project(['hangs', 'throws'])
  await stormproof(folder, ['throws-in-storms', 'goes-on', ...long], press(/\d\d+\/1/))
  const interrupted = record(folder).scenarios.map(({ name, result, storms }) => [name, result, storms > 0])
  expect(interrupted.sort()).toEqual([
    ['goes-on', 'interrupted', true],
    ['throws-in-storms', 'interrupted', false],
  ])
})

test('twice: it ends at once, what had been tried is written, and a worker in an endless loop does not outlive it; 130', async () => {
  const folder = project(['hangs'])
  const pids: string[] = []
  const began = performance.now()
  const hear = press(/Ctrl-C|spins-in-storms {2}\d/, 2)
  const { code, out } = await stormproof(
    folder,
    ['spins-in-storms', '--jobs=2', '--hang=60s', ...long],
    (child, error) => {
      if (pids.length === 0) pids.push(...childrenOf(child.pid as number))
      hear(child, error)
    },
  )
  expect(code).toBe(130)
  expect(performance.now() - began).toBeLessThan(30_000)
  expect(out).toBe('')
  expect(existsSync(join(campaign(folder), 'manifest.json'))).toBe(true)
  expect(existsSync(join(campaign(folder), 'record.json'))).toBe(false)
  expect(trials(folder)[0]).toMatchObject({ scenario: 'spins-in-storms', origin: 'calm' })
  expect(pids).toHaveLength(2)
  await expect.poll(() => pids.filter(isRunning), { timeout: 5000 }).toEqual([])
})

const childrenOf = (pid: number): readonly string[] =>
  spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .stdout.split('\n')
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([child, parent]) => (child !== undefined && parent === String(pid) ? [child] : []))

function isRunning(pid: string): boolean {
  try {
    process.kill(Number(pid), 0)
    return true
  } catch {
    return false
  }
}
