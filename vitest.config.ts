import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { assistantVariables } from './src/cli/coding-assistant.ts'

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  resolve: {
    alias: [
      { find: /^stormproof$/, replacement: source('./src/index.ts') },
      { find: /^stormproof\/([\w-]+)$/, replacement: source('./src/$1.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/contract/project/**'],
    testTimeout: 120_000,
    // What is printed must not depend on who runs the tests.
    env: Object.fromEntries([...assistantVariables, 'GITHUB_ACTIONS'].map((name) => [name, ''])),
  },
})
