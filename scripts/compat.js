/**
 * Runs the suite with the newest of what stormproof meets: `npm run compat`, `npm run compat -- test/unit/box …`. It works in a
 * copy of the checkout, whose own node_modules stay as they are; `--folder=DIR` keeps that copy, and the next run installs nothing
 * anew. Ends with 1 when the types or a test fail there, with 2 when the copy cannot be made.
 */

import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'

/** What is not the one of the lock file there. `node` is installed beside the copy: it is no dependency of anything. */
const newest = { vitest: '^5', msw: '^3', ai: '^7', '@ai-sdk/openai': '^4', '@types/node': '^24' }
const nodeRange = '24'

/** The folder to be removed in the end, if it is ours. */
let made
const args = process.argv.slice(2)
const kept = args.find((arg) => arg.startsWith('--folder='))?.slice('--folder='.length)
const paths = args.filter((arg) => !arg.startsWith('--folder='))
const strange = paths.find((path) => path.startsWith('-') || !existsSync(path))
if (strange !== undefined) stop(`there is no ${strange}: name tests, or --folder=DIR to keep the copy`)

const out = (line) => process.stdout.write(`${line}\n`)
if (kept === undefined) made = mkdtempSync(join(tmpdir(), 'stormproof-compat-'))
const top = made ?? resolve(kept)
const copy = join(top, 'stormproof')
const node = join(top, 'node/node_modules/node/bin/node')

try {
  copySources()
  install()
  process.exitCode = succeeds() ? 0 : 1
} finally {
  if (made !== undefined) rmSync(made, { recursive: true, force: true })
}

function copySources() {
  if (existsSync(copy)) {
    for (const name of ['src', 'reporters', 'scenarios', 'test', 'dist'])
      rmSync(join(copy, name), { recursive: true, force: true })
  }
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  })
  for (const file of listed.split('\0')) {
    if (file === '' || !existsSync(file)) continue
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    cpSync(file, join(copy, file))
  }
}

function install() {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
  for (const [name, range] of Object.entries(newest)) {
    const list = manifest.dependencies[name] === undefined ? manifest.devDependencies : manifest.dependencies
    list[name] = range
  }
  writeFileSync(join(copy, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  npm(copy, 'install', '--ignore-scripts')
  mkdirSync(join(top, 'node'), { recursive: true })
  if (!existsSync(node)) npm(join(top, 'node'), 'install', `node@${nodeRange}`)
  if (!existsSync(node)) stop('the npm package `node` has brought no binary: its install script has to run')
}

function npm(cwd, ...words) {
  const { status } = spawnSync('npm', [...words, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    stdio: 'inherit',
  })
  if (status !== 0) stop(`npm ${words.join(' ')} failed in ${cwd}`)
}

function succeeds() {
  const version = (name) => JSON.parse(readFileSync(join(copy, 'node_modules', name, 'package.json'), 'utf8')).version
  const used = ['vitest', 'msw', 'ai'].map((name) => `${name} ${version(name)}`)
  const versions = [`node ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}`, ...used].join(', ')
  out(`\n compat  ${versions}\n`)
  const typed = run('node_modules/typescript/bin/tsc', '--noEmit') === 0
  const report = join(top, 'tests.json')
  rmSync(report, { force: true })
  const told = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const tested = run('node_modules/vitest/vitest.mjs', 'run', ...told, ...paths) === 0
  out(`\n compat  ${versions}`)
  out(`   types  ${typed ? 'hold' : 'do not hold'}`)
  for (const line of existsSync(report) ? summary(JSON.parse(readFileSync(report, 'utf8'))) : ['no test ran'])
    out(`   ${line}`)
  return typed && tested
}

function summary({ numPassedTests, numFailedTests, numPendingTests, testResults }) {
  const failed = testResults.flatMap(({ name, status, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed').map(({ fullName }) => `: ${fullName}`)
    const file = name.slice(copy.length + 1)
    return (tests.length === 0 && status === 'failed' ? [''] : tests).map((test) => `✗ ${file}${test}`)
  })
  return [`tests  ${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`, ...failed]
}

/** What the tests call `node` is this one too. */
function run(...words) {
  const path = `${dirname(node)}${delimiter}${process.env.PATH}`
  return spawnSync(node, words, { cwd: copy, stdio: 'inherit', env: { ...process.env, PATH: path } }).status
}

function stop(why) {
  process.stderr.write(` ✗ ${why}\n`)
  if (made !== undefined) rmSync(made, { recursive: true, force: true })
  process.exit(2)
}
