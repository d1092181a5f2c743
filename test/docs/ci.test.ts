/** The workflows of docs/ci are YAML, call what exists, and do what they say: their commands are run as they stand. */

import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { parseCommandLine } from '../../src/cli/command-line.js'
import { bin, build, project } from '../bad-input/stormproof.js'

beforeAll(build, 90_000)

const folder = resolve('docs/ci')
const workflow = (name: string): any => parse(readFileSync(join(folder, name), 'utf8'))
const github = workflow('github.yml')
const gitlab = workflow('gitlab.yml')
const runsOf = (job: any): readonly string[] => job.steps.flatMap((step: any) => step.run ?? [])

const scriptsOf = ({ storms, 'storms-report': report }: any): readonly string[] => [
  ...storms.script,
  ...report.script,
  ...report.after_script,
]

/** What the runner puts in the place of an expression. */
const filled = (command: string, shard: number): string => command.replaceAll('${{ matrix.shard }}', String(shard))

const commands: readonly (readonly [string, string])[] = [
  ...runsOf(github.jobs.storms).map((run) => ['github', filled(run, 2)] as const),
  ...runsOf(github.jobs.report).map((run) => ['github', run] as const),
  ...scriptsOf(gitlab).map((run) => ['gitlab', run] as const),
]

test('every page and every workflow is linked', () => {
  expect(readFileSync('README.md', 'utf8')).toContain('(docs/ci/README.md)')
  const page = readFileSync(join(folder, 'README.md'), 'utf8')
  for (const name of readdirSync(folder).filter((one) => one !== 'README.md')) expect(page).toContain(`(${name})`)
})

test.each(commands.filter(([, run]) => run.includes('npx stormproof')))('%s calls only what exists: %s', (_, run) => {
  expect(run).not.toContain('${{')
  const words = run
    .replace(/\|\|.*$/s, '')
    .replace(/\$\(.*\)/, '--baseline=main-record')
    .replaceAll('"', '')
    .replace('$CI_NODE_INDEX/$CI_NODE_TOTAL', '1/4')
    .replaceAll(/\$\w+/g, '7')
    .trim()
    .split(/\s+/)
  expect(words.slice(0, 2)).toEqual(['npx', 'stormproof'])
  expect(() => parseCommandLine(words.slice(2))).not.toThrow()
})

test('no expression of GitHub that others can write reaches a shell', () => {
  for (const [, run] of commands) expect(run).not.toMatch(/github\.(head_ref|event)/)
  expect(github.permissions).toEqual({ contents: 'read' })
})

test('pull requests have a fixed seed, nights a fresh one', () => {
  expect(github.env.SEED).toMatch(
    /github\.event_name == 'schedule' && format\('night-\{0\}', github\.run_id\) \|\| '1'/,
  )
  expect(gitlab.storms.variables.SEED).toBe('1')
  expect(gitlab.storms.rules[0]).toMatchObject({
    if: expect.stringContaining('schedule'),
    variables: { SEED: 'night-$CI_PIPELINE_ID' },
  })
  expect(github.jobs.storms.strategy.matrix.shard).toHaveLength(gitlab.storms.parallel)
})

/** A project whose `npx stormproof` is this one. */
function runner() {
  const own = project(['prints', 'throws'], { 'stormproof.config.json': '{"scenarios":["prints.scenario.ts"]}' })
  mkdirSync(join(own, 'bin'))
  writeFileSync(join(own, 'bin/npx'), `#!/bin/sh\nshift\nexec "${process.execPath}" "${bin}" "$@" --jobs=1\n`)
  chmodSync(join(own, 'bin/npx'), 0o755)
  const shell = (run: string, variables: Readonly<Record<string, string>>) => {
    const env = { ...process.env, PATH: `${join(own, 'bin')}${delimiter}${process.env['PATH']}`, NO_COLOR: '1' }
    const options = { cwd: own, encoding: 'utf8', env: { ...env, SEED: '1', TRIALS: '3', ...variables } } as const
    const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', run], options)
    return { code: status, out: stdout, error: stderr }
  }
  return { own, shell }
}

describe('the commands, as they stand', () => {
  test('of GitHub: shards pass with a finding, the merge fails with it, and what it was on main is no news', () => {
    const { own, shell } = runner()
    const [, storms] = runsOf(github.jobs.storms) as [string, string]
    const [, merge, save] = runsOf(github.jobs.report) as [string, string, string]
    mkdirSync(join(own, 'shards'))
    for (const shard of github.jobs.storms.strategy.matrix.shard as number[]) {
      const { code, error } = shell(filled(storms, shard), {})
      expect(code, error).toBe(0)
      renameSync(join(own, 'shard'), join(own, `shards/shard-${shard}`))
    }
    const first = shell(merge, {})
    expect(first.code, first.error).toBe(1)
    expect(first.out).toContain('::error file=')
    expect(first.out).not.toContain('since')
    expect(shell(save, {}).code).toBe(0)
    const again = shell(merge, {})
    expect(again.code).toBe(1)
    expect(again.out).toMatch(/since .*: 0 new, 0 gone, 1 the same/)
  }, 120_000)

  test('of GitLab: the reports lie where the job looks for them, and what it was on main is no news', () => {
    const { own, shell } = runner()
    const { script, after_script, artifacts, cache, rules } = gitlab['storms-report']
    const [merge] = script
    const after = after_script.join('\n')
    const [storms] = gitlab.storms.script
    for (let index = 1; index <= gitlab.storms.parallel; index++) {
      const variables = { CI_NODE_INDEX: String(index), CI_NODE_TOTAL: String(gitlab.storms.parallel) }
      expect(shell(storms, variables)).toMatchObject({ code: 0 })
    }
    const onMain = rules.at(-1).variables
    expect(cache[1]).toMatchObject({ paths: ['main-record'], policy: '$RECORD', unprotect: true })
    expect([gitlab['storms-report'].variables.RECORD, onMain.RECORD]).toEqual(['pull', 'pull-push'])

    const first = shell(merge, { CI_PIPELINE_SOURCE: 'push' })
    expect(first.code, first.error).toBe(1)
    expect(first.out).not.toContain('since')
    expect(shell(after, onMain).code).toBe(0)
    for (const file of ['index.html', 'record.json']) expect(existsSync(join(own, 'main-record', file))).toBe(true)
    // GitLab shows what `expose_as` names only for plain paths, and for a folder only with its slash.
    expect(artifacts).toMatchObject({ expose_as: expect.any(String), paths: ['stormproof-report/'] })
    expect(existsSync(join(own, artifacts.reports.junit))).toBe(true)

    rmSync(join(own, 'stormproof-report'), { recursive: true })
    const again = shell(merge, { CI_PIPELINE_SOURCE: 'merge_request_event' })
    expect(again.code).toBe(1)
    expect(again.out).toMatch(/since .*: 0 new, 0 gone, 1 the same/)
    const kept = readFileSync(join(own, 'main-record/record.json'), 'utf8')
    expect(shell(after, { RECORD: 'pull' }).code).toBe(0)
    expect(readFileSync(join(own, 'main-record/record.json'), 'utf8')).toBe(kept)
  }, 240_000)

  test('a broken scenario ends in its shard', () => {
    const { own, shell } = runner()
    writeFileSync(join(own, 'prints.scenario.ts'), 'nope nope\n')
    const [, storms] = runsOf(github.jobs.storms) as [string, string]
    expect(shell(filled(storms, 1), {}).code).not.toBe(0)
  }, 60_000)
})
