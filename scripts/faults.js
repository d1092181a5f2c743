/**
 * Runs every scenario of the repository, those in `sdk/` too where it is installed, through single faults and hostile storms, and
 * prints how often each fault of the catalogue was planned, injected and landed: `npm run faults`, `npm run faults -- --trials=300`.
 * Ends with 1 when one never landed, with 2 for a flag that it does not have, and as `stormproof` does when a suite could not be run.
 */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createJiti } from 'jiti'
import { beyond } from '../dist/src/sim/fault/beyond.js'
import { faults } from '../dist/src/sim/fault/registry.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = join(root, 'bin/stormproof.js')
const flags = process.argv.slice(2)
const strange = flags.find((flag) => !/^--(trials|time|seed|jobs|filter|hang)=./.test(flag))
if (strange !== undefined) {
  console.error(
    ` ✗ there is no ${strange}; there are --trials=N, --time=30s, --seed=TEXT, --jobs=N, --filter=TEXT and --hang=5s`,
  )
  process.exit(2)
}
const jiti = createJiti(import.meta.url, { fsCache: false })
const { absent, faultTable } = await jiti.import('./fault-table.ts')

/** A suite that failed, or was inconclusive, has run all the same. */
const ran = new Set([0, 1, 3])

const hasSdks = existsSync(join(root, 'sdk/node_modules'))
const suites = [suiteIn(root), ...(hasSdks ? [suiteIn(join(root, 'sdk'))] : [])]
const { text, neverLanded } = faultTable(
  faults.map(({ name }) => name),
  suites.flatMap(({ scenarios }) => scenarios.map((scenario) => scenario.faults)),
)
const all = suites.flatMap(({ scenarios }) => scenarios)
const trials = all.map(({ storms, singles }) => storms + singles).reduce((one, other) => one + other, 0)
process.stdout.write(`${text}${absent(beyond)}\n${faults.length} kinds, ${all.length} scenarios, ${trials} trials\n`)
if (!hasSdks) console.log('without the agents of sdk/: `npm run test:sdk` installs them')
for (const { name, result } of all)
  if (result !== 'pass') console.log(` ✗ ${name}: ${result}; \`npx stormproof ${name} --faults=hostile\` tells of it`)
// What holds in every weather strikes only an agent that gives it cause to.
const isChosen = (name) => faults.some((fault) => fault.name === name && fault.chosenAs !== 'always')
for (const name of neverLanded)
  console.log(isChosen(name) ? ` ✗ ${name} never landed` : ` · ${name}: no agent here gave cause`)
if (neverLanded.some(isChosen)) process.exitCode = 1

/** The record of its campaign. Ends this process when there is none. */
function suiteIn(folder) {
  const out = mkdtempSync(join(tmpdir(), 'stormproof-faults-'))
  try {
    const budget = ['--trials=100', '--time=30s', ...flags]
    const args = [bin, '--faults=hostile', '--json', '--progress=none', `--out=${out}`, ...budget]
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    })
    if (!ran.has(status)) {
      console.error(stderr)
      process.exit(status ?? 70)
    }
    return JSON.parse(stdout.slice(stdout.lastIndexOf('\n', stdout.length - 2)))
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}
