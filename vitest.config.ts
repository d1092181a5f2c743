import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { assistantVariables } from './src/cli/coding-assistant.ts'

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Units that leave nothing behind in their process: loading the sources anew for each file would take longer than its tests. */
const pure = ['agent', 'check', 'core', 'kernel', 'platform', 'report', 'resilience', 'sim'].map(
  (folder) => `test/unit/${folder}/**/*.test.ts`,
)

export default defineConfig({
  resolve: {
    alias: [
      { find: /^stormproof$/, replacement: source('./src/index.ts') },
      { find: /^stormproof\/([\w-]+)$/, replacement: source('./src/$1.ts') },
    ],
  },
  test: {
    // Nightly, whole campaigns are run.
    testTimeout: process.argv.includes('nightly') ? 1_800_000 : 120_000,
    // By default vitest leaves one core alone, which is half of two.
    maxWorkers: '100%',
    // What is printed must not depend on who runs the tests.
    env: Object.fromEntries([...assistantVariables, 'GITHUB_ACTIONS'].map((name) => [name, ''])),
    projects: [
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: [...pure, '**/node_modules/**', 'test/contract/project/**'],
        },
      },
    ],
  },
})
