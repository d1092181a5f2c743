/** A real `vitest --watch`: what failed in one run is what the next one begins with. */

import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { build, project } from './stormproof.js'

beforeAll(build, 90_000)

const files = {
  'vitest.config.ts': `import stormproof, { stormproofReporter } from 'stormproof/vitest'
import { defineConfig } from 'vitest/config'
export default defineConfig({ plugins: [stormproof()], test: { reporters: ['verbose', stormproofReporter()] } })
`,
  'a.test.ts': `import { simTest } from 'stormproof/vitest'
import prints from './prints.scenario.ts'
simTest(prints, { trials: 20, time: '10m' })
`,
}
const pause = /W(?:ait|atch)ing for file changes/
const remembered = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('stormproof-watch-'))

/** What each run printed: the first, and one after each edit. */
function watched(folder: string, edits: readonly (() => void)[]): Promise<readonly string[]> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:VITEST|NODE_|TEST$)/.test(name)))
  const options = { cwd: folder, env: { ...env, NO_COLOR: '1' } }
  const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', '--watch'], options)
  let [printed, runs] = ['', 0]
  const hear = (bytes: Buffer): void => {
    printed += stripVTControlCharacters(bytes.toString())
    if (printed.split(pause).length - 1 === runs) return
    const edit = edits[runs++]
    if (edit) edit()
    else child.kill('SIGINT')
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  return new Promise((done) => child.on('close', () => done(printed.split(pause))))
}

test('an edit that mends nothing fails at once with the same line; the mended agent passes it, and then its campaign', async () => {
  const folder = project(['prints'], files)
  const before = remembered()
  const scenario = join(folder, 'prints.scenario.ts')
  const source = readFileSync(scenario, 'utf8')
  const edits = [
    () => writeFileSync(scenario, `${source}\n// an edit that mends nothing\n`),
    () => writeFileSync(scenario, source.replace(/\.catch\(.*\)\)/, ".catch(() => 'asked once')")),
  ]
  const [first, second, third] = (await watched(folder, edits)) as [string, string, string]
  const line = /npx stormproof replay v1\.\S+/.exec(first)?.[0] as string
  expect(line).toBeDefined()
  expect(first).not.toContain('what failed last')
  expect(second).toMatch(/[×✗] .*prints > what failed last/)
  expect(second).toContain(`it still fails: `)
  expect(second).toContain(line)
  expect(second).toMatch(/↓ .*prints > refunded once .*\[what failed last still fails\]/)
  expect(third).toMatch(/✓ .*prints > what failed last/)
  expect(third).toMatch(/✓ .*prints > refunded once/)
  // One record for each run that had a campaign.
  expect(readdirSync(join(folder, '.stormproof/campaigns'))).toHaveLength(2)
  expect(remembered()).toEqual(before)
}, 600_000)
