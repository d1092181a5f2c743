import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

test.each(['test/nowhere', '--fast'])('npm run compat refuses %s before it installs anything', (word) => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/compat.js', word], { encoding: 'utf8' })
  expect(stderr).toBe(` ✗ there is no ${word}: name tests, or --folder=DIR to keep the copy\n`)
  expect(status).toBe(2)
})
