/** `stormproof report`, and who is shown what where nobody chose. */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { execute } from '../../../src/cli/execute.js'
import { openRecordFolder } from '../../../src/cli/record-folder.js'
import * as records from '../../golden/records.js'
import { temporaryFolder } from './temporary-folder.js'

afterEach(() => vi.unstubAllEnvs())

function project() {
  const folder = temporaryFolder({ '.git/HEAD': '' })
  const files = openRecordFolder(join(folder, '.stormproof'), {
    schemaVersion: 1,
    campaign: 'c-1',
    seed: '1',
    preset: 'stormy',
    trials: 300,
    timeMs: 1,
    scenarios: [],
    gates: {},
    versions: { stormproof: '0.1.0', node: process.version },
    commit: '',
    reproducible: false,
  })
  files.end(records.failing)
  const reported = async (...argv: string[]) => {
    const shown = { out: '', error: '' }
    const terminal = {
      out: (text: string) => {
        shown.out += text
      },
      error: (text: string) => {
        shown.error += text
      },
      ...{ width: 100, color: false, live: false },
    }
    return { code: await execute(['report', ...argv], folder, terminal), ...shown }
  }
  return { folder, path: files.path, reported }
}

describe('a record that lies there', () => {
  it('is told again by any reporter, with the exit code of its campaign', async () => {
    const { path, reported } = project()
    const { code, out } = await reported('--reporter=junit,ctrf,markdown,console')
    expect(code).toBe(1)
    expect(out).toContain('an order is refunded once')
    for (const name of ['junit.xml', 'ctrf.json', 'report.md']) expect(existsSync(join(path, name))).toBe(true)
  })

  it('may be named by its folder', async () => {
    const { path, reported } = project()
    expect((await reported(path, '--reporter=agent')).out).toMatch(/^result: fail, exit 1/)
  })

  it('--json is JSON alone, whatever reporters print', async () => {
    const { out } = await project().reported('--json', '--reporter=console,github')
    for (const line of out.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('type')
  })

  it('of a folder without one: says so and what to do', async () => {
    const { code, error } = await project().reported('elsewhere')
    expect(code).toBe(2)
    expect(error).toMatch(/no record of a campaign that ended in .*elsewhere\n {3}→ /)
  })
})

describe('where nobody chose', () => {
  it('people get the console', async () => {
    expect((await project().reported()).out).toMatch(/^ stormproof/)
  })

  it('a coding assistant gets what is terse', async () => {
    vi.stubEnv('AI_AGENT', 'some-assistant')
    expect((await project().reported()).out).toMatch(/^result: fail/)
  })

  it('GitHub gets annotations, and the page of the job', async () => {
    const { folder, reported } = project()
    const page = join(folder, 'page.md')
    vi.stubEnv('GITHUB_ACTIONS', 'true')
    vi.stubEnv('GITHUB_STEP_SUMMARY', page)
    expect((await reported()).out).toContain('\n::error file=src/support-agent.ts,line=19,title=')
    expect(readFileSync(page, 'utf8')).toContain('### Fault × scenario')
  })

  it('a page that cannot be written is said, and changes nothing', async () => {
    vi.stubEnv('GITHUB_STEP_SUMMARY', '/proc/nothing/page.md')
    const { code, error } = await project().reported('--reporter=github')
    expect(code).toBe(1)
    expect(error).toContain('the summary of the job cannot be written')
  })
})
