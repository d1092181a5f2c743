import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import stormproof from '../src/vitest.ts'

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  plugins: [stormproof()],
  resolve: {
    alias: [
      { find: /^stormproof$/, replacement: source('../src/index.ts') },
      { find: /^stormproof\/([\w/-]+)$/, replacement: source('../src/$1.ts') },
    ],
  },
  test: { include: ['test/**/*.test.ts'], testTimeout: 120_000, maxWorkers: '100%' },
})
