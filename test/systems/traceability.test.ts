/** Every system is covered by a test or a scenario that cites it, or names the issue that brings it. */

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { SourceFile } from '../tidy/source-file.js'
import { type System, systems } from './checklist.js'
import { citationsIn } from './citations.js'
import { coverageOf } from './coverage.js'
import { ownCoverage, systemsTable } from './systems-table.js'

const own = ownCoverage()
const script = fileURLToPath(new URL('../../scripts/systems.js', import.meta.url))
const printed = (...flags: string[]) => spawnSync(process.execPath, [script, ...flags], { encoding: 'utf8' })

/** Written so that this file does not cite what it only makes up. */
const cite = (number: number | string): string => `seed${'-'}${number}`
const inTest = (text: string, path = 'test/a.test.ts') => citationsIn([new SourceFile(path, text)])
const numbersIn = (text: string, path?: string) => inTest(text, path).map(({ number }) => number)

describe('the systems of this repository', () => {
  it('are numbered from 1 to 215, each with a name of its own', () => {
    expect(systems.map(({ number }) => number)).toEqual(Array.from({ length: 215 }, (_, index) => index + 1))
    expect(new Set(systems.map(({ name }) => name)).size).toBe(215)
  })

  it('are covered or come with a later issue, 215 of 215, and no citation means nothing', () => {
    expect(own.wrongs).toEqual([])
    expect(own.covered + own.later).toBe(215)
  })

  it('seed-215: have the ten points of a production checklist among those that are covered', () => {
    const points = [5, 6, 26, 27, 28, 29, 30, 31, 32, 33, 34, 69, 79, 101, 126, 189, 191, 200, 214]
    for (const number of points) expect(own.rows[number - 1]?.files, cite(number)).not.toEqual([])
  })
})

describe('a citation', () => {
  it('stands in the title of a test or in a comment, alone or as a range', () => {
    expect(numbersIn(`it('${cite(3)}, ${cite(5)}: does', () => {})`)).toEqual([3, 5])
    expect(numbersIn(`it('${cite(3)} ${cite('26..28')}: does', () => {})`)).toEqual([3, 26, 27, 28])
    expect(numbersIn(`/** The shop. Cites ${cite('7..6')} and ${cite(9)}. */`)).toEqual([6, 7, 9])
    expect(numbersIn(`run() // ${cite(4)}`)).toEqual([4])
  })

  it('is not the name of a session, nor found outside tests and scenarios', () => {
    expect(numbersIn(`run({ session: '${cite(3)}', prompt: 'go' })`)).toEqual([])
    expect(numbersIn(`fetch('https://shop.test/${cite(3)}')`)).toEqual([])
    expect(numbersIn(`// ${cite(3)}`, 'src/agent/fold.ts')).toEqual([])
    expect(numbersIn(`// ${cite(3)}`, 'scenarios/shop.scenario.ts')).toEqual([3])
  })
})

describe('the count', () => {
  const made: readonly System[] = [
    { number: 1, section: 'One', name: 'a thing' },
    { number: 2, section: 'One', name: 'another' },
    { number: 3, section: 'Two', name: 'a later one', comesWith: '5 of 8' },
  ]
  const count = (...lines: string[]) => coverageOf(made, inTest(lines.join('\n')))

  it('finds what nothing cites, what is cited and yet said to come, and numbers that do not exist', () => {
    const { covered, later, wrongs } = count(`// ${cite(1)}`, `// ${cite(3)}`, `// ${cite(4)}`)
    expect({ covered, later }).toEqual({ covered: 2, later: 0 })
    expect(wrongs).toEqual([
      `${cite(2)} (another): no test or scenario cites it`,
      `${cite(3)} (a later one): test/a.test.ts cites it, yet it is said to come with 5 of 8`,
      `test/a.test.ts:3 cites ${cite(4)}, which does not exist`,
    ])
  })

  it('is printed by sections, with files or the issue, and its sum', () => {
    const whole = count(`// ${cite(1)} ${cite(2)}`)
    expect(systemsTable(whole, 'terminal')).toBe(
      [
        'One',
        '   1  a thing',
        '        test/a.test.ts',
        '   2  another',
        '        test/a.test.ts',
        '',
        'Two',
        '   3  a later one',
        '        comes with 5 of 8',
        '',
        '3 systems: 2 covered, 1 come with later issues',
        '',
      ].join('\n'),
    )
    expect(systemsTable(count(), 'markdown')).toContain(
      ['## Two', '', '| # | System | Covered by |', '|---|---|---|', '| 3 | a later one | comes with 5 of 8 |'].join(
        '\n',
      ),
    )
    expect(systemsTable(count(), 'markdown')).toContain('3 systems: 0 covered, 1 come with later issues, 2 not covered')
  })
})

describe('npm run systems', () => {
  it('prints the table of this repository, and ends with 1 while something is wrong', () => {
    const { status, stdout } = printed()
    expect(stdout).toBe(systemsTable(own, 'terminal'))
    expect(status).toBe(own.wrongs.length > 0 ? 1 : 0)
    expect(printed('--markdown').stdout).toBe(systemsTable(own, 'markdown'))
  })

  it('refuses a flag that it does not know', () => {
    const { status, stderr } = printed('--html')
    expect(status).toBe(2)
    expect(stderr).toContain('--html')
  })
})
