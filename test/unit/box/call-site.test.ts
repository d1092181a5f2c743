import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { callFile, callSite, ownFolders, throwSite, userFrame } from '../../../src/box/call-site.js'

const ours = (path: string): string => join(process.cwd(), path)
const stack = (...frames: readonly string[]): string =>
  ['Error: x', ...frames.map((frame) => `    at ${frame}`)].join('\n')

describe('the user is the first who is neither Node, nor a package, nor us', () => {
  test('whether our code is seen compiled or, through source maps, as source', () => {
    for (const layout of [
      'dist/src/box/leak.js:40:9',
      'src/box/leak.ts:49:3',
      'reporters/console.ts:1:1',
      'dist/reporters/x.js:1:1',
    ])
      expect(
        userFrame(
          stack(
            `leak (${ours(layout)})`,
            'node:internal/timers:1:1',
            `wrapped (${ours('node_modules/openai/index.js')}:3:4)`,
            `Object.get (${ours('agents/shop.ts')}:19:24)`,
          ),
        ),
      ).toBe('agents/shop.ts:19')
  })

  test('for a file address, a query, an anonymous frame, and a path with parentheses', () => {
    expect(userFrame(stack(`${pathToFileURL(ours('a.ts')).href}?v=1:2:3`))).toBe('a.ts:2')
    expect(userFrame(stack(`async ${ours('app/(shop)/page.ts')}:7:1`))).toBe('app/(shop)/page.ts:7')
    expect(userFrame(stack('new Promise (<anonymous>)', 'node:fs:1:2'))).toBe('')
  })

  test('here', () => {
    expect(callSite()).toMatch(/^test\/unit\/box\/call-site\.test\.ts:\d+$/)
    expect(callFile()).toBe(import.meta.filename)
  })
})

test.each([
  ['/repo/dist/src/box/call-site.js', '/repo'],
  ['/repo/src/box/call-site.ts', '/repo'],
  ['/x/node_modules/stormproof/dist/src/box/call-site.js', '/x/node_modules/stormproof'],
  ['/dist/src/box/dist/src/box/call-site.js', '/dist/src/box'],
])('%s is one of the folders of %s', (file, root) => {
  expect(ownFolders(`file://${file}`)).toEqual([`${root}/dist/`, `${root}/src/`, `${root}/reporters/`])
})

test("an error is the user's when the user threw it, or a package that the user called, and ours when we threw it", () => {
  const user = `goal (${ours('a.scenario.ts')}:5:1)`
  const us = `runTrial (${ours('src/scenario/run-trial.ts')}:1:1)`
  const zod = `parse (${ours('node_modules/zod/index.js')}:1:1)`
  expect(throwSite(stack(user, us))).toBe('a.scenario.ts:5')
  expect(throwSite(stack(zod, user, us))).toBe('a.scenario.ts:5')
  expect(throwSite(stack(us, user))).toBe('')
  expect(throwSite(stack(zod, us, user))).toBe('')
})
