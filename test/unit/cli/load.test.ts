import { symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { findConfigFile, readConfig } from '../../../src/cli/find-config.js'
import { findFiles, globPattern } from '../../../src/cli/find-files.js'
import { moduleLoader } from '../../../src/cli/load-module.js'
import { loadScenarios } from '../../../src/cli/load-scenarios.js'
import { temporaryFolder } from './temporary-folder.js'

const marked = new WeakSet<object>()
const own = {
  stormproof: {
    defineScenario: (value: object) => {
      marked.add(value)
      return value
    },
    defineConfig: (value: object) => value,
  },
}
const isScenario = (value: unknown): value is { name: string } =>
  typeof value === 'object' && value !== null && marked.has(value)

describe('a module of the user', () => {
  test('gets our own modules, native packages, paths of its tsconfig, and keeps its line numbers', async () => {
    const folder = temporaryFolder({
      'tsconfig.json': '{"compilerOptions":{"paths":{"@/*":["./src/*"]}}}',
      'package.json': '{"type":"module"}',
      'src/agent.ts':
        "import 'server-only'\ninterface Long {\n  a: string\n}\nexport const at = (): string => new Error('here').stack ?? '' // line 5\nexport type { Long }\n",
      'a.scenario.ts':
        "import { defineScenario } from 'stormproof'\nimport { z } from 'zod'\nimport { at } from '@/agent'\nconst late: number = await Promise.resolve(3)\nexport default defineScenario({ name: 'a', z, at, late, own: defineScenario })\n",
    })
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
    const { default: scenario } = (await moduleLoader(folder, own)(join(folder, 'a.scenario.ts'))) as { default: any }
    expect(isScenario(scenario)).toBe(true)
    expect(scenario.own).toBe(own.stormproof.defineScenario)
    expect(scenario.z).toBe(z)
    expect(scenario.late).toBe(3)
    expect(scenario.at()).toContain(`${join(folder, 'src/agent.ts')}:5:`)
  })
})

describe('scenario files', () => {
  test('that cannot be used are told one by one, and the others load', async () => {
    const scenario = (name: string): string =>
      `import { defineScenario } from 'stormproof'\nexport default defineScenario({ name: '${name}' })\n`
    const folder = temporaryFolder({
      'a.scenario.ts': scenario('a'),
      'b.scenario.ts': scenario('a'),
      'c.scenario.ts': 'export const x = 1\n',
      'd.scenario.ts': "import './missing.js'\n",
      'e.scenario.ts': 'export default {\n  a: 1 b\n',
      'f.scenario.ts': "throw new Error('while loading')\n",
      'g.scenario.ts': `import { defineScenario } from 'stormproof'\nexport const one = defineScenario({ name: 'g1' })\nexport const two = defineScenario({ name: 'g2' })\nexport default one\n`,
    })
    const { files, troubles } = await loadScenarios(
      folder,
      findFiles(folder, ['*.scenario.ts']),
      moduleLoader(folder, own),
      isScenario,
    )
    expect(files.map(({ file, scenarios }) => [file, scenarios.map(({ name }) => name).sort()])).toEqual([
      ['a.scenario.ts', ['a']],
      ['g.scenario.ts', ['g1', 'g2']],
    ])
    expect(troubles.map(({ file }) => file)).toEqual([
      'b.scenario.ts',
      'c.scenario.ts',
      'd.scenario.ts',
      'e.scenario.ts',
      'f.scenario.ts',
    ])
    expect(troubles[0]?.message).toBe('its scenario "a" has the name of one in a.scenario.ts')
    expect(troubles[1]?.message).toBe('it exports no scenario')
    expect(troubles[2]?.message).toContain("Cannot find module './missing.js'")
    expect(troubles[3]?.message).toMatch(/e\.scenario\.ts:2:\d/)
    expect(troubles[4]?.remedy).toContain('f.scenario.ts:1:')
  })
})

describe('globs', () => {
  test.each([
    ['**/*.scenario.ts', 'a.scenario.ts', true],
    ['**/*.scenario.ts', 'x/y/a.scenario.ts', true],
    ['**/*.scenario.ts', 'a.scenario.tsx', false],
    ['*.ts', 'x/a.ts', false],
    ['./src/**/*.{ts,mts}', 'src/x/a.mts', true],
    ['src/?.ts', 'src/ab.ts', false],
    ['a+b.ts', 'aab.ts', false],
  ])('%s on %s: %s', (glob, path, matches) => {
    expect(globPattern(glob).test(path)).toBe(matches)
  })
  test('skip dependencies, output and dot folders', () => {
    const folder = temporaryFolder({
      'a.scenario.ts': '',
      'node_modules/b.scenario.ts': '',
      'dist/c.scenario.ts': '',
      '.x/d.scenario.ts': '',
      'sub/e.scenario.ts': '',
    })
    expect(findFiles(folder, ['**/*.scenario.ts'])).toEqual(['a.scenario.ts', 'sub/e.scenario.ts'])
  })
})

describe('the configuration', () => {
  const read = (folder: string, named?: string) => readConfig(folder, named, moduleLoader(folder, own))

  test('is found upwards, to the root of the repository', async () => {
    const folder = temporaryFolder({
      'stormproof.config.ts':
        "import { defineConfig } from 'stormproof'\nexport default defineConfig({ trials: 7 as number })\n",
      'a/b/x': '',
      'r/.git/HEAD': '',
      'r/s/x': '',
    })
    expect(await read(join(folder, 'a/b'))).toEqual({
      config: { trials: 7 },
      folder,
      file: join(folder, 'stormproof.config.ts'),
    })
    expect(findConfigFile(join(folder, 'r/s'))).toBeUndefined()
  })

  test.each([
    ['{"trails": 3}', 'unknown key "trails"', 'did you mean trials?'],
    ['{"trials": "many"}', 'trials in ', expect.stringContaining('known keys')],
    ['{"faults": "wild"}', 'must be one of none, light', expect.stringContaining('known keys')],
    ['{"gates": {"finding": 0}}', 'without finding', expect.stringContaining('known keys')],
    ['{"gates": {"survived": {"atLeast": 99}}}', 'survived.atLeast as a share', expect.stringContaining('known keys')],
    ['[]', 'does not export a configuration', 'export default defineConfig({ … })'],
    ['{', 'cannot be loaded', expect.stringContaining('--config=')],
  ])('%s is refused', async (text, message, remedy) => {
    const folder = temporaryFolder({ 'stormproof.config.json': text })
    await expect(read(folder)).rejects.toMatchObject({
      code: 'config',
      message: expect.stringContaining(message),
      remedy,
    })
  })

  test('a named file that is not there is an error', async () => {
    await expect(read(temporaryFolder(), 'nope.ts')).rejects.toMatchObject({
      code: 'config',
      message: 'there is no file "nope.ts"',
    })
  })
})

describe('a relative import', () => {
  test('finds what it means, as TypeScript and as Node name it', async () => {
    const folder = temporaryFolder({
      'a.ts': ["'./b.js'", "'./c'", "'./d.mjs'", "'./e'", "'./f.js'", "'./g.ts'"]
        .map((from, at) => `import { name as n${at} } from ${from}`)
        .concat('export const names = [n0, n1, n2, n3, n4, n5]\n')
        .join('\n'),
      'b.ts': "export const name = 'b.ts'\n",
      'c.tsx': "export const name = 'c.tsx'\n",
      'd.mts': "export const name = 'd.mts'\n",
      'e/index.ts': "export const name = 'e/index.ts'\n",
      'f.js': "exports.name = 'f.js'\n",
      'f.ts': "export const name = 'f.ts'\n",
      'g.ts': "export { name } from './h.js'\n",
      'h.tsx': "export const name = 'h.tsx'\n",
    })
    const { names } = await moduleLoader(folder, {})(join(folder, 'a.ts'))
    expect(names).toEqual(['b.ts', 'c.tsx', 'd.mts', 'e/index.ts', 'f.js', 'h.tsx'])
  })
})
