import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const here = fileURLToPath(new URL('.', import.meta.url))
const command = fileURLToPath(new URL('../../bin/stormproof.js', import.meta.url))
const records = mkdtempSync(join(tmpdir(), 'stormproof-mutants-'))

afterAll(() => rmSync(records, { recursive: true, force: true }))

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly error: string
}

/** As its owner would in this folder, where the configuration names the scenarios: no variable of this test run. */
function stormproof(...words: readonly string[]): Ended {
  const kept = Object.entries(process.env).filter(([name]) => !/^(?:VITEST|NODE_|TEST$|DEV$|PROD$|MODE$)/.test(name))
  const options = { cwd: here, encoding: 'utf8', env: Object.fromEntries(kept) } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...words], options)
  return { code: status, out: stdout, error: stderr }
}

/** The compiled command line may just be rebuilt by somebody: what ended otherwise than expected is tried once more. */
function patiently(code: number, run: () => Ended): Ended {
  const first = run()
  return first.code === code ? first : run()
}

describe.each([
  ['key-per-attempt', 'key-stability'],
  ['completion-order-results', 'result-order'],
  ['save-at-end', 'durable-ack'],
])('the checkout on %s', (mutant, invariant) => {
  it(`is told with ${invariant} and a line that, executed, still fails`, () => {
    const file = `scenarios/checkout-${mutant}.scenario.ts`
    const told = patiently(1, () => stormproof('run', file, '--trials', '10', '--out', records, '--no-color'))
    expect(told).toMatchObject({ code: 1, out: expect.stringMatching(new RegExp(`✗ F1 .* · ${invariant}\n`)) })
    const [, ...line] = /^ +replay +(npx) (stormproof) (replay) (v1\.[\w-]+)$/m.exec(told.out) ?? []
    expect(line.slice(0, 3)).toEqual(['npx', 'stormproof', 'replay'])
    const replayed = patiently(1, () => stormproof(...line.slice(2), '--out', records, '--no-color'))
    expect(replayed).toMatchObject({ code: 1, out: expect.stringMatching(/still fails/i) })
    expect(replayed.out).toContain(invariant)
    // Two processes of ten seconds on a quiet machine.
  }, 120_000)
})
