import { describe, expect, test } from 'vitest'
import { invariants } from '../../../src/check/registry.js'
import { execute } from '../../../src/cli/execute.js'
import { barText, progressOn } from '../../../src/cli/progress.js'
import { type Terminal, wantsColor } from '../../../src/cli/terminal.js'
import { encodeToken } from '../../../src/core/token.js'
import { relations } from '../../../src/scenario/relation/registry.js'
import { faults } from '../../../src/sim/fault/registry.js'
import { temporaryFolder } from './temporary-folder.js'

function screen(live = false): Terminal & { readonly shown: { out: string; error: string } } {
  const shown = { out: '', error: '' }
  return {
    shown,
    out: (text) => {
      shown.out += text
    },
    error: (text) => {
      shown.error += text
    },
    width: 100,
    color: false,
    live,
  }
}

async function ran(...argv: string[]): Promise<{ code: number; out: string; error: string }> {
  const terminal = screen()
  const code = await execute(argv, temporaryFolder({ '.git/HEAD': '' }), terminal)
  return { code, ...terminal.shown }
}

describe('commands that need no scenario', () => {
  test('--version is the version alone', async () => {
    expect(await ran('--version')).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), error: '' })
  })
  test('help and --help are the same', async () => {
    expect((await ran('help')).out).toBe((await ran('--help')).out)
  })
  test('list names every fault, invariant and relation', async () => {
    const { out } = await ran('list', 'faults', 'invariants', 'relations', '--json')
    const listed = JSON.parse(out) as Record<string, { name: string }[]>
    expect(listed['faults']?.map(({ name }) => name)).toEqual(faults.map(({ name }) => name))
    expect(listed['invariants']?.map(({ name }) => name)).toEqual(invariants.map(({ name }) => name))
    expect(listed['relations']?.map(({ name }) => name)).toEqual(relations.map(({ name }) => name))
  })
  test('explain knows invariants, faults and exit codes', async () => {
    expect((await ran('explain', 'tool-pairing')).out).toContain('(invariant)')
    const fidelity = (await ran('explain', 'result-fidelity')).out
    expect(fidelity).toContain('proven by the mutant falsy-result-is-missing: A result that is 0')
    expect(fidelity).toContain('(https://github.com/livekit/agents/pull/6551)')
    expect((await ran('explain', 'tool/timeout-after-effect')).out).toContain('(fault)')
    expect((await ran('explain', '5')).out).toContain('two runs of the same code differed')
    expect((await ran('explain', 'exit-code')).out).toContain('130')
  })
  test.each(relations)(
    'explain of the relation $name names the promise that it breaks, and that names it',
    async ({ name }) => {
      const { out } = await ran('explain', name)
      expect(out).toContain(`${name}  (relation)`)
      const [, invariant = '', clause, sentence] = /what differs breaks ([\w-]+), clause (\w): (.+)/.exec(out) ?? []
      const promise = (await ran('explain', invariant)).out
      expect(promise).toContain(`${clause}  ${sentence}`)
      expect(promise).toContain(`clause ${clause} by the relation ${name}: `)
    },
  )
})

describe('bad input ends 2 with a way out', () => {
  test.each([
    [['explain'], 'explain needs a name'],
    [['explain', 'tool-pairng'], 'did you mean tool-pairing?'],
    [['list', 'fault'], 'did you mean faults?'],
    [['replay'], 'replay needs a token'],
    [['replay', 'v1.%%%'], 'copy the whole'],
    [['replay', '--last'], 'there is no campaign in'],
    [['replay', `${encodeToken({ scenario: 'a', decisions: [['x', 'y']] }).slice(0, -1)}`], 'cannot be read'],
    [['fork', 'v1.x'], 'fork needs a token, and the moment'],
    [['fork', '--until=3s'], 'fork needs a token, and the moment'],
    [['fork', 'v1.%%%', '--until=3s'], 'copy the whole'],
    [['keep'], 'keep needs the name of a finding'],
    [['keep', 'F1'], 'there is no campaign in'],
    [['report'], 'there is no campaign in'],
    [['--frobnicate'], 'there is no flag'],
    [['--config', 'nope.ts'], 'there is no file'],
  ])('%j', async (argv, text) => {
    const { code, out, error } = await ran(...argv)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(error).toContain(text)
    expect(error).toMatch(/\n {3}→ /)
  })

  test('an escape sequence in an argument does not reach the terminal', async () => {
    expect((await ran('explain', '\u001b[2Jx')).error).not.toContain('\u001b')
  })
})

describe('the terminal', () => {
  test.each([
    [{}, true, false, true],
    [{}, false, false, false],
    [{ NO_COLOR: '1' }, true, false, false],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false, false],
    [{ FORCE_COLOR: '1' }, false, false, true],
    [{ FORCE_COLOR: '0' }, true, false, false],
    [{ TERM: 'dumb' }, true, false, false],
    [{}, true, true, false],
  ])('%j, terminal %s, --no-color %s: %s', (environment, isTerminal, noColor, expected) => {
    expect(wantsColor(environment, isTerminal, noColor)).toBe(expected)
  })

  test('progress is a bar on a screen, a line now and then elsewhere, nothing with none', () => {
    let now = 0
    const [bar, line, none] = [screen(true), screen(), screen(true)]
    const all = [
      progressOn(bar, 'auto', () => now),
      progressOn(line, 'auto', () => now),
      progressOn(none, 'none', () => now),
    ]
    for (now = 0; now <= 12_000; now += 100) for (const one of all) one.moved('a', now / 100, 120, 1)
    for (const one of all) one.end()
    expect(line.shown.error).toBe(' a  50/120  1 finding\n a  100/120  1 finding\n')
    expect(bar.shown.error).toContain('▐')
    expect(bar.shown.error.endsWith('\r\u001b[2K')).toBe(true)
    expect(none.shown.error).toBe('')
  })

  test('a bar has twenty cells', () => {
    expect([barText(0, 10), barText(5, 10), barText(99, 10), barText(0, 0)].map((text) => [...text].length)).toEqual([
      22, 22, 22, 22,
    ])
  })
})
