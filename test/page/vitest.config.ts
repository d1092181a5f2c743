/** The page in a real browser: `npm run test:page`, where Chromium is installed. */

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { root: import.meta.dirname, include: ['*-page.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
})
