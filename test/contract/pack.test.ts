/** What npm would publish: its files, its types in a project that emits declarations, its entries in Node. */

import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Consumer, copyProject, type Manifest, manifestOf, newConsumer } from './consumer.js'
import { moduleGraph } from './module-graph.js'
import { type Packed, packPackage, run } from './packed.js'
import { typeCheck } from './type-check.js'

let packed: Packed
let consumer: Consumer
let manifest: Manifest

beforeAll(() => {
  packed = packPackage()
  consumer = newConsumer(packed)
  manifest = manifestOf(consumer.installed)
  copyProject(consumer)
}, 60_000)

afterAll(() => {
  consumer?.remove()
  packed?.remove()
})

/** Every `define…` and what else makes a value, exported: the compiler must be able to name the type of each. */
const library = `
import { defineBackend, defineConfig, defineFault, defineInvariant, defineScenario, fuzz, policy, simulate, storms } from 'stormproof'
import { inventory, mail, payments } from 'stormproof/backends'
import { defineAgent, defineTool, fileStore, runAgent, ToolFailure } from 'stormproof/runtime'
import { z } from 'zod'

export const backend = defineBackend({
  name: 'tickets',
  state: () => ({ open: new Map<string, { title: string }>() }),
  operations: ({ read, write }) => ({
    list: read({ input: z.object({}), answer: (state) => [...state.open.keys()] }),
    close: write({ input: z.object({ id: z.string() }), apply: (state, { id }) => ({ closed: state.open.delete(id) }) }),
  }),
})
export const readyMade = { payments: payments(), inventory: inventory(), mail: mail() }
export const fault = defineFault({ name: 'tickets/lost', says: 'x', backend, operation: 'list', after: () => [] })
export const invariant = defineInvariant({ name: 'i', says: 'x', backends: { backend }, start: () => 0, on: {} })
export const general = defineInvariant({ name: 'j', says: 'x', start: () => ({ ends: 0 }), on: {} })
export const tool = defineTool({
  name: 'close', description: 'x', effect: 'write',
  input: z.object({ id: z.string() }), output: z.object({ closed: z.boolean() }),
  execute: async () => ({ closed: true }),
})
export const agent = defineAgent({ name: 'a', instructions: 'x', tools: [tool] })
export const makeAgent = () => defineAgent({ name: 'b', instructions: 'x', tools: [tool], saga: true })
export const script = policy((request, { say }) => say(String(request.turn)))
export const scripts = { fuzz: fuzz({ turns: 2 }), script }
export const own = defineScenario({ name: 'own', agent: () => agent, prompt: 'x', model: script })
export const foreign = defineScenario({ name: 'foreign', backends: { backend }, run: async () => 1, invariants: [invariant] })
export const config = defineConfig({ scenarios: '**/*.scenario.ts', reporters: ['console'] })
export const storm = storms(foreign)
export const campaign = () => simulate(foreign, { trials: 1 })
export const store = fileStore('sessions')
export const start = (model: Parameters<typeof runAgent>[1]['model']) => runAgent(agent, { session: 's', prompt: 'x', model, store })
export class Refused extends ToolFailure {}
`

describe('a project that emits declarations', () => {
  test('can name the type of everything that stormproof makes', () => {
    consumer.write('library.ts', library)
    const options = { noEmit: false, declaration: true, emitDeclarationOnly: true, outDir: 'declared' }
    const exclude = ['misuse.ts', 'inference.types.ts', 'vitest.config.ts', 'agent.sim.test.ts', 'refund.tool.test.ts']
    consumer.write(
      'tsconfig.declaration.json',
      JSON.stringify({ extends: './tsconfig.json', compilerOptions: options, exclude }),
    )
    expect(typeCheck(consumer.folder, ['-p', 'tsconfig.declaration.json'])).toEqual([])
    expect(consumer.read('declared/library.d.ts')).toContain(
      'export declare const backend: import("stormproof").Backend<',
    )
    expect(consumer.read('declared/library.d.ts')).not.toMatch(/node_modules|dist\/|\bany\b/)
  })
})

describe('the tarball', () => {
  test('holds the command, the build, the manifest and the README', () => {
    const entries = Object.values(manifest.exports).flatMap((entry) =>
      typeof entry === 'string' ? entry : [entry.types, entry.default],
    )
    const wanted = ['README.md', 'bin/stormproof.js', 'package.json', ...entries.map((path) => path.replace('./', ''))]
    expect(wanted.filter((file) => !packed.files.includes(file))).toEqual([])
  })

  test('holds whatever its README links to', () => {
    const links = [...consumer.read('node_modules/stormproof/README.md').matchAll(/\]\((?!https?:)([^)#]+)/g)]
    expect(links.length).toBeGreaterThan(0)
    expect(links.map(([, path]) => path).filter((path) => !packed.files.includes(path ?? ''))).toEqual([])
  })

  test('holds no source and no test', () => {
    const allowed =
      /^(?:package\.json|record\.schema\.json|README\.md|ARCHITECTURE\.md|LICENSE|bin\/[\w-]+\.js|docs\/.+|dist\/(?:src|reporters)\/.+\.(?:js|d\.ts|js\.map))$/
    expect(packed.files.filter((file) => !allowed.test(file))).toEqual([])
    expect(packed.files.filter((file) => /\.test\.|\/test\//.test(file))).toEqual([])
  })

  test.each(['.js', '.d.ts'] as const)(
    'imports, in its %s files, no package that its manifest does not declare',
    (extension) => {
      const files = packed.files.filter((file) => file.startsWith('dist/') && file.endsWith(extension))
      const { packages } = moduleGraph(
        files.map((file) => join(consumer.installed, file)),
        extension,
      )
      const declared = [manifest.name, ...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)]
      expect([...packages].filter((name) => !declared.includes(name))).toEqual([])
      expect(packages.size).toBeGreaterThan(2)
    },
  )
})

describe('in Node, without a loader', () => {
  test.each([
    'stormproof',
    'stormproof/backends',
    'stormproof/runtime',
    'stormproof/check',
    'stormproof/reporters',
    'stormproof/register',
    'stormproof/ai-sdk',
    'stormproof/adapter/ai-sdk',
    'stormproof/adapter/langchain',
    'stormproof/adapter/openai-agents',
  ])("import('%s') works", (entry) => {
    const script = `console.log(Object.keys(await import('${entry}')).sort().join(' '))`
    const names = run(process.execPath, ['--input-type=module', '-e', script], consumer.folder).trim()
    expect(names).toMatch(entry === 'stormproof/register' ? /^$/ : /\w/)
  })

  test('`stormproof` gives the nine values of the contract, and the model that obeys', () => {
    const script = `console.log(JSON.stringify(Object.keys(await import('stormproof')).sort()))`
    const names = JSON.parse(run(process.execPath, ['--input-type=module', '-e', script], consumer.folder))
    const defines = ['Backend', 'Config', 'Fault', 'Invariant', 'Scenario'].map((word) => `define${word}`)
    expect(names).toEqual([...defines, 'fuzz', 'obedient', 'policy', 'simulate', 'storms'])
  })
})

describe('`stormproof/runtime`', () => {
  const folders = /^dist\/src\/(?:core|agent|resilience|platform)\/|^dist\/src\/runtime\.js$/
  const packages = ['zod', '@standard-schema/spec']

  test('reaches no module of the simulator, not even lazily', () => {
    const graph = moduleGraph([join(consumer.installed, 'dist/src/runtime.js')])
    const files = [...graph.files].map((file) => relative(consumer.installed, file))
    expect(files.filter((file) => !folders.test(file))).toEqual([])
    expect(files.length).toBeGreaterThan(20)
    // The databases are optional peers: loaded when a store is first kept in one.
    const lazy = ['pg', '@electric-sql/pglite']
    expect([...graph.packages].filter((name) => ![...packages, ...lazy].includes(name))).toEqual([])
  })

  test('loads nothing else when Node imports it', () => {
    writeFileSync(
      join(consumer.folder, 'watch.mjs'),
      `import { register } from 'node:module'\nregister('./hooks.mjs', import.meta.url)\n`,
    )
    const hook = `import { writeSync } from 'node:fs'
      export async function load(url, context, next) { writeSync(1, url + '\\n'); return next(url, context) }`
    writeFileSync(join(consumer.folder, 'hooks.mjs'), hook)
    writeFileSync(join(consumer.folder, 'entry.mjs'), `import 'stormproof/runtime'\n`)
    const loaded = run(process.execPath, ['--import', './watch.mjs', 'entry.mjs'], consumer.folder).trim().split('\n')
    const ours = loaded.filter((url) => url.includes('/stormproof/dist/')).map((url) => url.slice(url.indexOf('dist/')))
    expect(ours).toContain('dist/src/runtime.js')
    expect(ours.filter((file) => !folders.test(file))).toEqual([])
    const strange = loaded.filter(
      (url) =>
        !url.startsWith('node:') && !/\/stormproof\/dist\/|\/(?:entry|watch)\.mjs$|\/node_modules\/zod\//.test(url),
    )
    expect(strange).toEqual([])
  })
})
