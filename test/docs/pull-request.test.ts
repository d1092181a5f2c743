/** docs/ci/pull-request.md is what its commands print: they are run here, in the order of the page, and the page is compared. */

import { cpSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { bin, build, program, project } from '../bad-input/stormproof.js'

beforeAll(build, 90_000)

/** Text, not sources: three states of one file, and a scenario that imports it. */
const stages = resolve('test/docs/pull-request')
const flags = ['--trials=200', '--time=30m', '--jobs=1', '--progress=none']

/** The folder of a team: what is on each branch, and what the commands print there. */
function checkout() {
  const read = (name: string): string => readFileSync(join(stages, name), 'utf8')
  const folder = project([], {
    'refund.scenario.ts': read('refund.scenario.txt'),
    'src/refund-agent.ts': read('main.txt'),
  })
  return {
    folder,
    become: (stage: string) => cpSync(join(stages, stage), join(folder, 'src/refund-agent.ts')),
    /** What the reader types; the runner adds what it takes for the same bytes on every machine. */
    async run(words: string, ending: number, ...more: readonly string[]): Promise<string> {
      const { code, out, error } = await program(folder, [
        bin,
        ...words.split(' ').filter((word) => word !== ''),
        ...more,
      ])
      expect(code, out + error).toBe(ending)
      return lasting(['```', `$ npx stormproof ${words}`.trim(), out.trimEnd(), '```'].join('\n'))
    },
    keepAs(name: string): void {
      const latest = readFileSync(join(folder, '.stormproof/latest'), 'utf8').trim()
      cpSync(join(folder, '.stormproof', latest), join(folder, name), { recursive: true })
    },
  }
}

/** Time of day, real seconds and process numbers are of one run only. */
const lasting = (text: string): string =>
  text
    .replaceAll(/\d{8}T\d{6}-\d+/g, '20261130T091200-4711')
    .replaceAll(/^ [\d.,]+ (?:s|min) {3}(?=\.stormproof)/gm, ' 3.1 s   ')
    .replaceAll(/ +$/gm, '')

/** As `diff` would have it: the lines of one stage that the other does not have, between their neighbours. */
function changed(before: string, after: string): string {
  const [was, is] = [before, after].map((name) => readFileSync(join(stages, name), 'utf8').trimEnd().split('\n')) as [
    string[],
    string[],
  ]
  const from = is.findIndex((line, index) => line !== was[index])
  const same = [...is].reverse().findIndex((line, index) => line !== was.at(-1 - index))
  const marked = (mark: string, lines: readonly string[]) => lines.map((line) => `${mark}${line}`)
  return [
    ...['```diff', '--- src/refund-agent.ts', '+++ src/refund-agent.ts'],
    ...marked(' ', is.slice(Math.max(0, from - 1), from)),
    ...marked('-', was.slice(from, was.length - same)),
    ...marked('+', is.slice(from, is.length - same)),
    ...marked(' ', is.slice(is.length - same)),
    '```',
  ].join('\n')
}

const tokenIn = (text: string): string => /replay (v1\.\S+)/.exec(text)?.[1] as string

test('the page of a pull request is what its commands print', async () => {
  const { become, run, keepAs } = checkout()
  await run('', 0, ...flags)
  keepAs('main-record')

  become('change.txt')
  const red = await run('--baseline=main-record', 1, ...flags)
  const token = tokenIn(red)
  keepAs('red-record')
  const replayed = await run(`replay ${token}`, 1)

  become('fix.txt')
  const passes = await run(`replay ${token}`, 0)
  const kept = await run('keep F1', 0)
  const green = await run('--baseline=main-record', 0, ...flags)
  const sure = await run('diff red-record', 0)

  const page = `# A pull request, from red to green

All of it was printed by these commands: \`test/docs/pull-request.test.ts\` runs them again and compares. On main the agent asks again
when the shop says no, and dies of an answer that is lost; \`main-record\` is the record that main left ([the workflows](README.md) keep it).
The pull request makes it ask again then, too:

${changed('main.txt', 'change.txt')}

## Red

CI runs the campaign with the seed of every pull request, 200 storms here. It ends with 1, and says what is new since main:

${red}

## The line

The last line but one of the finding is all that a colleague needs, without the record and without the seed. The story is the same, byte
for byte:

${replayed}

## The fix

One refund, one key, however often it is asked for:

${changed('change.txt', 'fix.txt')}

The same decisions, and the promise is kept. Kept beside its scenario, they run first from now on, here, in CI and in vitest:

${passes}

${kept}

## Green, and how sure

${green}

One replay that passes shows that this path is closed. That the finding is gone is for storms to show: it had been in some of 200, so there
is a number of clean ones that chance alone would hardly leave. \`diff\` with the red record counts them:

${sure}
`
  await expect(page).toMatchFileSnapshot('../../docs/ci/pull-request.md')
}, 300_000)
