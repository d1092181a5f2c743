import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { moduleState, userModules } from '../../../src/cli/module-state.js'
import { checkCopyable } from '../../../src/cli/native-modules.js'
import { temporaryFolder } from './temporary-folder.js'

const files = {
  'package.json': '{"type":"module"}',
  'a.scenario.ts':
    "import { z } from 'zod'\nimport { agent } from './src/agent.js'\nexport default agent\nfor (const x of []) {\n  let inside = x\n}\n",
  'src/agent.ts':
    "export * from './cache'\nimport './side'\nexport const agent = await import('./lazy.ts')\nimport type { A } from './a/index.ts'\n",
  'src/cache.ts':
    "const cache = new Map<string, number>()\nexport const seen: Set<string> = new Set()\nconst list: string[] = []\nconst table = {}\nexport let count = 0\nvar old\nconst fixed = { a: 1 }\nconst names = ['a']\nconst pattern = new RegExp('x')\n",
  'src/side/index.ts': "import '../agent.ts'\n",
  'src/lazy.ts': 'let lazy: number\n',
  'src/a/index.ts': 'export interface A {}\n',
  'src/elsewhere.ts': 'let unreached = 1\n',
}

test('variables at the top level of what a scenario reaches, cycles and endings as they come', () => {
  const folder = temporaryFolder(files)
  const state = moduleState(join(folder, 'a.scenario.ts'))
  const places = state.map(({ at, line }) => [relative(folder, join(process.cwd(), at)), line])
  expect(places).toEqual([
    ['src/cache.ts:1', 'const cache = new Map<string, number>()'],
    ['src/cache.ts:2', 'export const seen: Set<string> = new Set()'],
    ['src/cache.ts:3', 'const list: string[] = []'],
    ['src/cache.ts:4', 'const table = {}'],
    ['src/cache.ts:5', 'export let count = 0'],
    ['src/cache.ts:6', 'var old'],
    ['src/lazy.ts:1', 'let lazy: number'],
  ])
  expect(
    userModules(join(folder, 'a.scenario.ts'))
      .map((path) => relative(folder, path))
      .sort(),
  ).toEqual(
    Object.keys(files)
      .filter((name) => name.endsWith('.ts') && !name.includes('elsewhere'))
      .sort(),
  )
})

test('a file that is not there has none', () => {
  expect(moduleState('/nowhere/a.ts')).toEqual([])
})

test('what Node loads itself cannot be copied', () => {
  const folder = temporaryFolder({
    'package.json': '{"type":"module"}',
    'a.scenario.ts': "import './agent.js'\n",
    'agent.js': "import './cache.js'\n",
    'cache.js': '',
    'b.scenario.ts': "import './old.cjs'\n",
    'old.cjs': '',
    'plain/package.json': '{}',
    'plain/c.scenario.ts': "import './agent.js'\n",
    'plain/agent.js': '',
  })
  expect(() => checkCopyable(join(folder, 'a.scenario.ts'))).toThrow(
    expect.objectContaining({ code: 'scenario', remedy: expect.stringContaining('agent.ts') }),
  )
  expect(() => checkCopyable(join(folder, 'b.scenario.ts'))).not.toThrow()
  expect(() => checkCopyable(join(folder, 'plain/c.scenario.ts'))).not.toThrow()
})
