/** The page about testing a tool: its code is the code of the files it names, and what it shows is what happens. */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkTool } from '../../src/tool.js'
import { clauses } from '../../src/tooltest/clause/registry.js'
import { refund as mended } from './tools/mended-refund.js'
import { refund } from './tools/refund.js'

const page = readFileSync('docs/tools.md', 'utf8')

test('the code on the page is the code of the files', () => {
  const blocks = [...page.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)]
  expect(blocks.map(([, file]) => file)).toEqual(['test/docs/tools/refund.ts', 'test/docs/tools/mended-refund.ts'])
  for (const [, file = '', code] of blocks) expect(code).toBe(readFileSync(file, 'utf8'))
})

test('every clause has a line, and no other', () => {
  const listed = [...page.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name)
  expect(new Set(listed)).toEqual(new Set(clauses.map(({ name }) => name)))
})

test('the first tool breaks what its card on the page says', async () => {
  const { clauses: all } = await checkTool<any>(refund, { name: 'refund', cases: 400 })
  const broken = Object.values(all).filter(({ verdict }) => verdict === 'invalid')
  const shown = [...page.matchAll(/^ ✗ (.+?) {2,}(.+)$/gm)].map(([, says, told]) => [says, told])
  expect(broken.map(({ says, told }) => [says, told])).toEqual(shown)
})

test('the mended tool breaks nothing', async () => {
  const { clauses: all } = await checkTool<any>(mended, { name: 'refund' })
  expect(Object.values(all).filter(({ verdict, beside }) => verdict === 'invalid' || beside === 'never-arose')).toEqual(
    [],
  )
})
