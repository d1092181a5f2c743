/** Each rule of the house, shown a place that breaks it and one that does not. */

import { describe, expect, test } from 'vitest'
import { ambientUses } from './ambient.js'
import { strayArrows } from './arrows.js'
import { importCycles } from './cycles.js'
import { deadExports } from './dead-exports.js'
import { expectNone, type Finding } from './finding.js'
import { machineNames, narrowedTests, openNotes } from './leftovers.js'
import { bannedNames, oddFileNames } from './names.js'
import { silentOpenings } from './opening.js'
import { ownGetters } from './own-getters.js'
import { grownRuntime } from './runtime-size.js'
import { privateImports } from './scenario-imports.js'
import { longFiles, longFunctions, longMedian } from './size.js'
import { SourceFile } from './source-file.js'

type Rule = (files: readonly SourceFile[]) => readonly Finding[]

/** What a rule finds in files given as path and text: `file:line what`. */
function found(rule: Rule, texts: Readonly<Record<string, string>>): readonly string[] {
  const files = Object.entries(texts).map(([path, text]) => new SourceFile(path, text))
  return rule(files).map(({ file, line, what }) => `${file}:${line} ${what}`)
}

const lines = (count: number): string => 'x()\n'.repeat(count)

describe('the failure', () => {
  test('lists file, line, what is wrong and what to do, in order', () => {
    const findings = [
      { file: 'src/b.ts', line: 2, what: 'is odd', remedy: 'mend it' },
      { file: 'src/a.ts', line: 9, what: 'is odd', remedy: 'mend it' },
      { file: 'src/a.ts', line: 1, what: 'is odd', remedy: 'mend it' },
    ]
    expect(() => expectNone(findings)).toThrow(
      '3 places to tidy\n  src/a.ts:1 is odd: mend it\n  src/a.ts:9 is odd: mend it\n  src/b.ts:2 is odd: mend it',
    )
    expect(() => expectNone([])).not.toThrow()
  })
})

describe('the import table', () => {
  test('refuses a folder that the row does not have, however it is imported', () => {
    const text = [
      `import { World } from '../kernel/world.js'`,
      `import type { Agent } from '../agent/agent.js'`,
      `export { judge } from '../check/judge.js'`,
      `const late = () => import('../sim/draw.js')`,
      `type Box = import('../box/box.js').Box`,
    ].join('\n')
    expect(found(strayArrows, { 'src/core/word.ts': text })).toEqual([
      'src/core/word.ts:1 core imports kernel',
      'src/core/word.ts:2 core imports agent',
      'src/core/word.ts:3 core imports check',
      'src/core/word.ts:4 core imports sim',
      'src/core/word.ts:5 core imports box',
    ])
  })

  test('lets a folder import itself and its row, and an entry file anything', () => {
    const texts = {
      'src/agent/run.ts': `import { a } from './layer/a.js'\nimport { b } from '../core/b.js'\nimport { z } from 'zod'`,
      'src/runtime.ts': `export { a } from './agent/run.js'\nexport { b } from './platform/b.js'`,
      'src/cli/main.ts': `import '../index.js'\nimport '../../reporters/console.js'\nimport 'node:fs'`,
    }
    expect(found(strayArrows, texts)).toEqual([])
  })

  test('lets core name the types of a package, and refuses to load it', () => {
    expect(found(strayArrows, { 'src/core/a.ts': `import type { Faker } from '@faker-js/faker'` })).toEqual([])
    expect(found(strayArrows, { 'src/core/a.ts': `import { faker } from '@faker-js/faker'` })).toEqual([
      'src/core/a.ts:1 core imports @faker-js/faker (static)',
    ])
  })

  test('lets provider load msw on first use only, and a module of Node in one file only', () => {
    expect(
      found(strayArrows, { 'src/provider/node-http.ts': `await import('msw/node')\nawait import('node:module')` }),
    ).toEqual([])
    expect(found(strayArrows, { 'src/provider/wire.ts': `import 'msw'\nawait import('node:module')` })).toEqual([
      'src/provider/wire.ts:1 provider imports msw (static)',
      'src/provider/wire.ts:2 provider imports node:module (dynamic)',
    ])
  })

  test('refuses packages of no row, a folder without a row, and what lies outside src', () => {
    const texts = {
      'src/kernel/a.ts': `import 'left-pad'`,
      'src/novel/b.ts': '',
      'reporters/c.ts': `import '../test/golden/records.js'\nimport '../src/index.js'`,
    }
    expect(found(strayArrows, texts)).toEqual([
      'src/kernel/a.ts:1 kernel imports left-pad (static)',
      'src/novel/b.ts:1 novel has no row in the import table',
      'reporters/c.ts:1 reporters/ imports test/',
      'reporters/c.ts:2 reporters/ imports entry files',
    ])
  })
})

describe('import cycles', () => {
  const b = `import { c } from './c.js'`
  const c = `export { a } from './a.js'`

  test('are found, with the whole way round', () => {
    expect(found(importCycles, { 'src/x/a.ts': `import './b.js'`, 'src/x/b.ts': b, 'src/x/c.ts': c })).toEqual([
      'src/x/c.ts:1 closes the cycle src/x/a.ts -> src/x/b.ts -> src/x/c.ts -> src/x/a.ts',
    ])
  })

  test('do not go through erased or dynamic imports', () => {
    expect(
      found(importCycles, { 'src/x/a.ts': `import type { B } from './b.js'`, 'src/x/b.ts': b, 'src/x/c.ts': c }),
    ).toEqual([])
    expect(found(importCycles, { 'src/x/a.ts': `await import('./b.js')`, 'src/x/b.ts': b, 'src/x/c.ts': c })).toEqual(
      [],
    )
  })

  test('go through an import whose names alone are types: the import stays', () => {
    expect(
      found(importCycles, { 'src/x/a.ts': `import { type B } from './b.js'`, 'src/x/b.ts': b, 'src/x/c.ts': c }),
    ).toHaveLength(1)
  })
})

describe('scenarios', () => {
  test('may import the public entries, schemas, SDKs and each other, and nothing else', () => {
    const good = ['stormproof', 'stormproof/backends', 'zod', 'ai', '@ai-sdk/openai', 'openai', '../agents/support.js']
    const bad = ['../../src/index.js', 'node:fs', 'lodash', '../../test/x.js']
    const text = [...good, ...bad].map((specifier) => `import '${specifier}'`).join('\n')
    expect(found(privateImports, { 'scenarios/shop/a.scenario.ts': text })).toEqual(
      bad.map((specifier, index) => `scenarios/shop/a.scenario.ts:${good.length + index + 1} imports ${specifier}`),
    )
  })
})

describe('dead exports', () => {
  const exporting = [
    'export const used = 1',
    'export function idle() {}',
    'export const { left, right } = pair',
    'export interface Options { a: Part }',
    'export type Part = 1',
    `export { other } from './other.js'`,
  ].join('\n')

  test('are values that nobody imports, and types that not even their own file uses', () => {
    const texts = { 'src/x/a.ts': exporting, 'test/a.test.ts': `import { used, right } from '../src/x/a.js'` }
    expect(found(deadExports, texts)).toEqual([
      'src/x/a.ts:2 nobody imports idle',
      'src/x/a.ts:3 nobody imports left',
      'src/x/a.ts:4 nobody imports Options',
      'src/x/a.ts:6 nobody imports other',
    ])
  })

  test('are alive when an entry file, a namespace, a dynamic import or the command takes them', () => {
    const one = 'export const a = 1'
    expect(found(deadExports, { 'src/x/a.ts': one, 'src/index.ts': `export { a as b } from './x/a.js'` })).toEqual([])
    expect(found(deadExports, { 'src/x/a.ts': one, 'bench/b.ts': `import * as all from '../src/x/a.js'` })).toEqual([])
    expect(found(deadExports, { 'src/x/a.ts': one, 'src/y/b.ts': `const { a } = await import('../x/a.js')` })).toEqual(
      [],
    )
    expect(found(deadExports, { 'src/x/a.ts': one, 'bin/run.js': `import { a } from '../dist/src/x/a.js'` })).toEqual(
      [],
    )
    expect(
      found(deadExports, { 'src/x/a.ts': one, 'src/y/b.ts': `const { b } = await import('../x/a.js')` }),
    ).toHaveLength(1)
  })
})

describe('sizes', () => {
  test('a file of 401 lines is too long, one of 400 is not', () => {
    expect(found(longFiles, { 'test/a.test.ts': lines(401), 'src/x/b.ts': lines(400) })).toEqual([
      'test/a.test.ts:401 401 lines, at most 400',
    ])
  })

  test('a folder whose middle file has 100 lines is too long', () => {
    expect(found(longMedian, { 'src/x/a.ts': lines(100), 'src/x/y/b.ts': lines(101), 'src/x/c.ts': lines(3) })).toEqual(
      ['src/x/y/b.ts:1 the median file has 100 lines, under 100 wanted'],
    )
    expect(found(longMedian, { 'src/x/a.ts': lines(99), 'src/x/b.ts': lines(300) })).toEqual([])
  })

  test('the runtime, which is two folders, has as many lines as it had, and not one more', () => {
    const texts = {
      'src/agent/a.ts':
        '/** What it is. */\n\n/**\n * Two lines\n * of words.\n */\nconst a = 1 // one\n// why\nconst b = 2\n',
      'src/resilience/b.ts': lines(4),
      'src/core/c.ts': lines(90),
    }
    expect(found((files) => grownRuntime(files, { code: 6, all: 13 }), texts)).toEqual([])
    expect(found((files) => grownRuntime(files, { code: 5, all: 12 }), texts)).toEqual([
      'src/agent/a.ts:1 src/agent and src/resilience have 6 lines of code, without blank lines and comments, at most 5',
      'src/agent/a.ts:1 src/agent and src/resilience have 13 lines, with blank lines and comments, at most 12',
    ])
  })

  test('functions, methods and arrows have at most 70 lines, whatever their strings and templates hold', () => {
    const body = (count: number): string => `{\n${`'{' + \`\${'}'}\` + /[}]/\n`.repeat(count - 2)}}`
    const text = (count: number): string =>
      [
        `function named() ${body(count)}`,
        `class A { run() ${body(count)} }`,
        `const arrow = () => ${body(count)}`,
      ].join('\n')
    expect(found(longFunctions, { 'src/x/a.ts': text(70) })).toEqual([])
    expect(found(longFunctions, { 'src/x/a.ts': text(71) })).toEqual([
      'src/x/a.ts:1 named has 71 lines, at most 70',
      'src/x/a.ts:72 run has 71 lines, at most 70',
      'src/x/a.ts:143 arrow has 71 lines, at most 70',
    ])
  })

  test('the body of a describe is a list of tests, the body of a test is a function', () => {
    expect(found(longFunctions, { 'test/a.test.ts': `describe('a', () => {\n${lines(80)}})` })).toEqual([])
    expect(found(longFunctions, { 'test/a.test.ts': `describe.each([1])('a', () => {\n${lines(80)}})` })).toEqual([])
    expect(found(longFunctions, { 'test/a.test.ts': `test('a', () => {\n${lines(80)}})` })).toHaveLength(1)
  })
})

describe('ambient uses', () => {
  const ambient = [
    'Date.now()',
    'new Date()',
    'const now = Date',
    'Math.random()',
    'const { random } = Math',
    'setTimeout(go, 1)',
    'const later = setImmediate',
    'performance.now()',
    'process.env.HOME',
    'process.hrtime()',
    'crypto.randomUUID()',
    'fetch(url)',
    'globalThis.fetch(url)',
    'AbortSignal.timeout(5)',
    `console.log('x')`,
    'const bag = { queueMicrotask }',
    `import { readFileSync } from 'node:fs'`,
    `await import('node:net')`,
    `import seedrandom from 'seedrandom'; seedrandom()`,
  ]

  test.each(ambient)('%s is refused in src/ and reporters/', (code) => {
    expect(found(ambientUses, { 'src/kernel/a.ts': code })).toHaveLength(1)
    expect(found(ambientUses, { 'reporters/a.ts': code })).toHaveLength(1)
  })

  test.each(ambient)('%s is allowed at the edge', (code) => {
    for (const folder of ['platform', 'box', 'cli', 'vitest'])
      expect(found(ambientUses, { [`src/${folder}/a.ts`]: code })).toEqual([])
  })

  const pure = [
    'new Date(0)',
    'Date.UTC(2026, 0)',
    'x instanceof Date',
    'let x: Date',
    'Math.max(1, 2)',
    'real.setTimeout(go, 1)',
    'const ports = { fetch: given }',
    'function call(fetch: (url: string) => unknown) { return fetch(url) }',
    '// setTimeout(go, 1)',
    `say('Math.random()')`,
    'clock.now()',
    'new AbortController()',
    `import type { Stats } from 'node:fs'`,
    `import seedrandom from 'seedrandom'; seedrandom('key')`,
    'type Send = typeof fetch',
  ]

  test.each(pure)('%s is not ambient', (code) => {
    expect(found(ambientUses, { 'src/kernel/a.ts': code })).toEqual([])
  })

  test('an exception lets one name through in one file, and is a finding itself once nothing needs it', () => {
    const excepted = [{ file: 'src/kernel/a.ts', name: 'console', because: 'a test' }]
    const rule: Rule = (files) => ambientUses(files, excepted)
    expect(found(rule, { 'src/kernel/a.ts': 'console.log(1)' })).toEqual([])
    expect(found(rule, { 'src/kernel/a.ts': 'setTimeout(go)', 'src/kernel/b.ts': 'console.log(1)' })).toEqual([
      'src/kernel/a.ts:1 uses setTimeout',
      'src/kernel/b.ts:1 uses console',
      'src/kernel/a.ts:1 the exception for console is not needed',
    ])
  })
})

describe('names', () => {
  test('files and folders are kebab-case', () => {
    const bad = ['src/core/jsonText.ts', 'src/Core/json.ts', 'test/golden/a_b.txt', 'test/a.spec.ts']
    const good = ['src/core/json-text.ts', 'test/a.test.ts', 'scenarios/a.scenario.ts', 'docs/README.md', 'LICENSE']
    const texts = Object.fromEntries([...bad, ...good].map((path) => [path, '']))
    expect(found(oddFileNames, texts).map((line) => line.split(':')[0])).toEqual(bad)
  })

  test('banned words are found in paths and in every kind of declared name', () => {
    const text = [
      'const parseUtils = 1',
      'function f(ctx: X, { opts }: Y) {}',
      'class TaskManager { #mockClock = 1 }',
      'interface Turn { msg: string }',
      'type ChaosPlan = 1',
      `import { a as helper } from './a.js'`,
    ].join('\n')
    expect(found(bannedNames, { 'src/x/common.ts': text })).toEqual([
      'src/x/common.ts:1 src/x/common.ts has the word "common"',
      'src/x/common.ts:1 parseUtils has the word "utils"',
      'src/x/common.ts:2 ctx has the word "ctx"',
      'src/x/common.ts:2 opts has the word "opts"',
      'src/x/common.ts:3 TaskManager has the word "manager"',
      'src/x/common.ts:3 mockClock has the word "mock"',
      'src/x/common.ts:4 msg has the word "msg"',
      'src/x/common.ts:5 ChaosPlan has the word "chaos"',
      'src/x/common.ts:6 helper has the word "helper"',
    ])
  })

  test('names of others, and words that only contain a banned one, may be used', () => {
    expect(
      found(bannedNames, {
        'src/x/a.ts': `import { inspect } from 'node:util'\nother.mock()\nconst commonest = { msg: 1 }`,
      }),
    ).toEqual([])
  })

  test('a file says first what it is about', () => {
    const texts = {
      'src/x/a.ts': `import './b.js'`,
      'src/x/b.ts': '/** The b. */',
      'bench/c.js': '#!/usr/bin/env node\n/** The c. */',
    }
    expect(found(silentOpenings, texts)).toEqual(['src/x/a.ts:1 does not say what it is about'])
  })
})

describe('leftovers', () => {
  test('a test that is left out or runs alone is found, a stated condition is not', () => {
    const texts = {
      'test/a.test.ts': `test.only('a', f)\ndescribe.skip('b', f)\nit.each([1]).skip('c', f)\ntest.skipIf(old)('d', f)\nlist.skip(2)`,
    }
    expect(found(narrowedTests, texts)).toEqual([
      'test/a.test.ts:1 test.only',
      'test/a.test.ts:2 describe.skip',
      'test/a.test.ts:3 it.skip',
    ])
  })

  test('a note to oneself is found in any text', () => {
    const [note, other] = [['TO', 'DO'].join(''), ['FIX', 'ME'].join('')]
    const texts = {
      'README.md': `one\n${note}: two`,
      'src/x/a.ts': `// ${other} later`,
      'src/x/b.ts': `// ${note}S and ${other.toLowerCase()}`,
    }
    expect(found(openNotes, texts)).toEqual([`README.md:2 names "${note}"`, `src/x/a.ts:1 names "${other}"`])
  })

  test('a getter of an object is found, one of a class is not', () => {
    const texts = {
      'src/sim/a.ts': 'export const a = () => ({\n  get b() {\n    return 1\n  },\n})',
      'src/sim/c.ts': 'export class C {\n  get d() {\n    return 1\n  }\n}',
      'src/cli/e.ts': 'export const e = { get f() { return 1 } }',
    }
    expect(found(ownGetters, texts)).toEqual(['src/sim/a.ts:2 get b'])
  })

  test('the machine it was written on is found, a path of no machine is not', () => {
    const host = ['registry', 'example', 'com'].join('.')
    const folder = ['', 'work', ''].join('/')
    const texts = {
      'src/x/a.ts': `// see ${folder}main/a.ts`,
      'docs/b.md': `npm --registry https://${host}/npm`,
      'package-lock.json': `"https://${['registry', 'npmjs', 'org'].join('.')}/a.tgz"`,
      'src/x/c.ts': `// src${folder}b.ts, .${folder}a, test${folder}b and a registry of faults`,
    }
    expect(found(machineNames, texts)).toEqual([`src/x/a.ts:1 names "${folder}"`, `docs/b.md:1 names "${host}"`])
  })
})
