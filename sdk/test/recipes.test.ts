/** The code that documents show is the code that runs: each block names its file, and is that file. */

import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const pages = [
  'docs/public-agents.md',
  ...readdirSync(new URL('docs/recipes/', root)).map((name) => `docs/recipes/${name}`),
]
const blocksOf = (page: string) => [...read(page).matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)]

test.each(pages)('%s shows files as they stand', (page) => {
  const blocks = blocksOf(page)
  expect(blocks.length).toBeGreaterThan(0)
  expect(read(page).match(/```ts/g)).toHaveLength(blocks.length)
  for (const [, path = '', code] of blocks) expect(code, `copy ${path} into ${page} again`).toBe(read(path))
})

test('there is a page for each kind of agent, and the list has them all', () => {
  const listed = [...read('docs/recipes/README.md').matchAll(/^\| \[[\w-]+\]\(([\w-]+\.md)\)/gm)].map(
    ([, file]) => file,
  )
  const written = readdirSync(new URL('docs/recipes/', root)).filter((name) => name !== 'README.md')
  expect(listed.toSorted()).toEqual(written.toSorted())
  const kinds = ['openai', 'anthropic', 'ai-sdk', 'openai-agents', 'langgraph', 'mcp', 'node-http']
  expect(written).toEqual(expect.arrayContaining(kinds.map((kind) => `${kind}.md`)))
})

test('every scenario that a page shows is one that the tests run', () => {
  const shown = pages
    .flatMap((page) => blocksOf(page).map(([, path = '']) => path))
    .filter((path) => path.includes('/scenarios/'))
  const scenarios = shown.filter((path) => path.endsWith('.scenario.ts'))
  expect(scenarios.length).toBeGreaterThan(8)
  const run = new Set(readdirSync(new URL('sdk/scenarios/', root)).map((name) => `sdk/scenarios/${name}`))
  expect(scenarios.filter((path) => !run.has(path))).toEqual([])
})
