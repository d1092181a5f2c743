/** Completions for shells: bash is asked, the others are read; all have every command and every flag. */

import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { commandNames, parseCommandLine } from '../../../src/cli/command-line.js'
import { completion } from '../../../src/cli/completion.js'
import { flags } from '../../../src/cli/flags.js'

function script(shell: string): string {
  let text = ''
  const out = (more: string): void => {
    text += more
  }
  completion(parseCommandLine(['completion', shell]), { out, error: out, width: 80, color: false, live: false })
  return text
}

/** What bash offers after these words; the last one is what has been typed of the next. Bash takes an equals sign for a word. */
function offered(...words: readonly string[]): readonly string[] {
  const ask = `${script('bash')}
COMP_WORDS=(stormproof ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _stormproof
printf '%s\\n' "\${COMPREPLY[@]}"`
  return execFileSync('bash', ['--norc', '-euc', ask], { encoding: 'utf8' }).trim().split('\n')
}

describe('bash', () => {
  it.each([
    [['repl'], ['replay']],
    [['me'], ['merge']],
    [['--bas'], ['--baseline']],
    [['--faults', '=', 'st'], ['stormy']],
    [['--faults', 'ho'], ['hostile']],
    [['--reporter', '=', 'perf'], ['perfetto']],
    [
      ['trace', 'F1', '--format', '=', ''],
      ['perfetto', 'otlp', 'shiviz', 'mermaid'],
    ],
    [['list', 'inv'], ['invariants']],
    [['completion', 'z'], ['zsh']],
    [['--config', 'tsconfig.j'], ['tsconfig.json']],
    [['report', 'tsconfig.b'], ['tsconfig.build.json']],
  ])('%j', (words, expected) => expect(offered(...words)).toEqual(expected))

  it('after nothing: every command', () => expect(offered('')).toEqual([...commandNames]))
})

describe.each(['bash', 'zsh', 'fish'])('%s', (shell) => {
  it('has every command and every flag', () => {
    const text = script(shell)
    for (const command of commandNames) expect(text).toMatch(new RegExp(`\\b${command}\\b`))
    for (const { name } of flags) expect(text).toMatch(new RegExp(shell === 'fish' ? ` -l ${name} ` : `--${name}\\b`))
  })

  it('no text of the help ends a quoted word of the script', () => {
    for (const text of script(shell)
      .split('\n')
      .filter((one) => !one.startsWith('#')))
      expect((text.match(/'/g) ?? []).length % 2, text).toBe(0)
  })
})

it.each(['', 'powershell', 'zhs'])('%j is refused', (shell) => {
  expect(() => completion(parseCommandLine(['completion', shell]), {} as never)).toThrow(
    expect.objectContaining({ code: 'usage', remedy: expect.stringMatching(/zsh/) }),
  )
})
