/** What production pulls in, compiled from the sources as they are: the runtime and its adapter, and nothing of the simulator. */

import { execFileSync } from 'node:child_process'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { moduleGraph } from '../contract/module-graph.js'
import { checkout, compiler, removeFolder, temporaryFolder } from '../contract/packed.js'

let built = ''
beforeAll(() => {
  built = temporaryFolder('imports')
  execFileSync(compiler, ['-p', join(checkout, 'tsconfig.build.json'), '--outDir', built], { stdio: 'inherit' })
}, 60_000)
afterAll(() => removeFolder(built))

/** Lazy imports count too. */
function pulledIn(entry: string) {
  const { files, packages } = moduleGraph([join(built, 'src', entry)])
  return { files: [...files].map((file) => relative(built, file)).sort(), packages: [...packages].sort() }
}

const forbidden =
  /^src\/(?:sim|kernel|box|check|explore|scenario|report|cli|mutant|provider|vitest|tooltest)\/|^reporters\/|^src\/(?!runtime|ai-sdk)[\w-]+\.js$/

it('stormproof/runtime reaches the agent, its policies and the platform alone', () => {
  const { files, packages } = pulledIn('runtime.js')
  expect(files.filter((file) => forbidden.test(file))).toEqual([])
  for (const file of ['agent/run-session', 'platform/chat-model', 'platform/recover', 'platform/file-store']) {
    expect(files).toContain(`src/${file}.js`)
  }
  // The databases are optional, and loaded when a store is first kept in one.
  expect(packages).toEqual(['@electric-sql/pglite', 'pg', 'zod'])
})

it('stormproof/ai-sdk reaches core alone, and loads no SDK', () => {
  const { files, packages } = pulledIn('ai-sdk.js')
  expect(files.filter((file) => !/^src\/(?:core|adapter)\/|^src\/ai-sdk\.js$/.test(file))).toEqual([])
  expect(files).toContain('src/adapter/from-language-model.js')
  expect(packages).toEqual([])
})

it('an entry that does reach the simulator would be seen', () => {
  expect(pulledIn('index.js').files.some((file) => forbidden.test(file) && file.startsWith('src/sim/'))).toBe(true)
})
