import { describe, expect, test } from 'vitest'
import { parseCommandLine } from '../../../src/cli/command-line.js'
import { helpText, moreHelpText } from '../../../src/cli/help.js'
import { isStormproofError } from '../../../src/core/error.js'
import { editDistance, nearest } from '../../../src/core/nearest.js'

/** Message and remedy of the error a command line ends with. */
function refusal(...argv: string[]): string {
  try {
    parseCommandLine(argv)
  } catch (error) {
    if (isStormproofError(error)) return `${error.code}: ${error.message} → ${error.remedy}`
    throw error
  }
  return 'accepted'
}

describe('the words of the command line', () => {
  test('no word is a run of everything', () => {
    expect(parseCommandLine([])).toMatchObject({
      command: 'run',
      words: [],
      json: false,
      progress: 'auto',
      trials: undefined,
    })
  })
  test('a word that is no command filters a run', () => {
    expect(parseCommandLine(['support'])).toMatchObject({ command: 'run', words: ['support'] })
    expect(parseCommandLine(['run', 'a', 'b'])).toMatchObject({ command: 'run', words: ['a', 'b'] })
  })
  test('values come after a blank or an equals sign', () => {
    const expected = { trials: 7, timeMs: 90_000, seed: 'x y', filters: ['a', 'b'], faults: 'rb-0.1', jobs: 2 }
    expect(
      parseCommandLine([
        '--trials',
        '7',
        '--time',
        '1.5m',
        '--seed',
        'x y',
        '-t',
        'a',
        '--filter',
        'b',
        '--faults',
        'rb-0.1',
        '--jobs',
        '2',
      ]),
    ).toMatchObject(expected)
    expect(
      parseCommandLine(['--trials=7', '--time=90s', '--seed=x y', '-ta', '--filter=b', '--faults=rb-0.1', '--jobs=2']),
    ).toMatchObject(expected)
  })
  test('a seed may be any text, also one that begins with a dash', () => {
    expect(parseCommandLine(['--seed=-1']).seed).toBe('-1')
  })
})

describe('what is refused says what to type instead', () => {
  test.each([
    [['--sed', '1'], 'usage: there is no flag --sed → did you mean --seed?'],
    [['--trails=3'], 'usage: there is no flag --trails → did you mean --trials?'],
    [['--zzzzzz'], 'usage: there is no flag --zzzzzz → npx stormproof --help lists them'],
    [
      ['--trials', 'abc'],
      'usage: --trials must be a whole number of at least 0, "abc" came → for instance --trials=300',
    ],
    [['--trials=-5'], 'usage: --trials must be a whole number of at least 0, "-5" came → for instance --trials=300'],
    [
      ['--trials=1e9999'],
      'usage: --trials must be a whole number of at least 0, "1e9999" came → for instance --trials=300',
    ],
    [['--jobs=0'], 'usage: --jobs must be a whole number of at least 1, "0" came → for instance --jobs=2'],
    [['--time=10'], 'usage: --time must be a number with a unit, "10" came → for instance --time=60s or --time=5m'],
    [['--faults=stromy'], 'usage: --faults cannot be "stromy" → did you mean stormy?'],
    [
      ['--reporter=console,nd'],
      'usage: --reporter cannot be "nd" → one of console, agent, ndjson, html, junit, ctrf, markdown, github, mermaid, shiviz, perfetto, otlp, sarif',
    ],
    [
      ['--trace-epoch=soon'],
      'usage: --trace-epoch must be a time, "soon" came → for instance --trace-epoch=now, or --trace-epoch=2026-01-31T09:00:00Z',
    ],
    [
      ['--until=now'],
      'usage: --until must be a number with a unit, "now" came → for instance --until=60s or --until=5m',
    ],
    [['--print=stat'], 'usage: --print cannot be "stat" → did you mean state?'],
    [['--seed'], 'usage: --seed needs a value → --seed=TEXT: any text; the same seed gives the same storms (1)'],
    [
      ['--seed', '--json'],
      'usage: --seed needs a value, --json is a flag → --seed=TEXT: any text; the same seed gives the same storms (1)',
    ],
    ...['0/3', '4/3', '1', '1/0', 'a/b', '-1/2'].map((text): [string[], string] => [
      [`--shard=${text}`],
      `usage: --shard must be I/N with I from 1 to N, "${text}" came → for instance --shard=1/4, and 2/4, 3/4 and 4/4 on other machines`,
    ]),
    [['--json=yes'], 'usage: --json takes no value, "yes" came → write --json alone'],
    [
      ['repaly', 'v1.x'],
      'usage: there is no command "repaly" → did you mean replay? To filter scenarios by this text: stormproof run repaly',
    ],
  ])('%j', (argv, expected) => {
    expect(refusal(...argv)).toBe(expected)
  })
})

describe('help', () => {
  test.each([helpText('1.2.3'), moreHelpText()])('%# fits a screen', (text) => {
    const lines = text.split('\n')
    expect(lines.length).toBeLessThanOrEqual(40)
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(100)
  })
})

describe('near matches', () => {
  test('count insertions, deletions, substitutions and swaps', () => {
    expect([
      editDistance('', 'abc'),
      editDistance('abc', 'abc'),
      editDistance('abcd', 'acbd'),
      editDistance('kitten', 'sitting'),
    ]).toEqual([3, 0, 1, 3])
  })
  test('come nearest first and leave out the far ones', () => {
    expect(nearest('chekout', ['support', 'checkout', 'checkouts', 'zebra'])).toEqual(['checkout', 'checkouts'])
  })
})
