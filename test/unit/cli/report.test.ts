/** `stormproof report`, and who is shown what where nobody chose. */

import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ndjsonReport } from '../../../reporters/ndjson.js'
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

describe('the stream of a campaign', () => {
  const stream = (change: (lines: string[]) => void = () => undefined) => {
    const made = project()
    const lines = ndjsonReport(records.failing).trim().split('\n')
    change(lines)
    const file = join(made.folder, 'run.ndjson')
    writeFileSync(file, `${lines.join('\n')}\n`)
    return { ...made, file }
  }

  it('is reported like the record it tells', async () => {
    const { file, reported } = stream()
    const { out, code } = await reported(file, '--reporter=agent')
    expect({ out, code }).toEqual({ out: (await reported('--reporter=agent')).out, code: 1 })
  })

  it.each<[string, (lines: string[]) => void, RegExp]>([
    [
      'a field of another kind',
      (lines) => lines.splice(1, 1, String(lines[1]).replace('"seen":11', '"seen":"11"')),
      /line 2, at seen, where a number must stand/,
    ],
    ['no JSON', (lines) => lines.splice(2, 1, '{"type":"gate",'), /line 3: .*JSON/],
    [
      'a line that is none',
      (lines) => lines.splice(2, 0, '{"type":"gait"}'),
      /line 3, at type, where one of campaign-start/,
    ],
    [
      'a newer version',
      (lines) => lines.splice(0, 1, '{"type":"campaign-start","schemaVersion":2}'),
      /line 1, where schema 1 must stand: it is of version 2/,
    ],
    ['no end', (lines) => lines.pop(), /line 4, where the line `campaign-end` must stand/],
  ])('names line and reason: %s', async (_name, change, said) => {
    const { file, reported } = stream(change)
    const { code, error } = await reported(file, '--reporter=agent')
    expect(code).toBe(2)
    expect(error).toMatch(said)
  })

  it('trials that do not fit are named, and the record is reported all the same', async () => {
    const { path, reported } = project()
    writeFileSync(join(path, 'trials.ndjson'), '{"scenario":"checkout","origin":"fresh"}\n')
    const { code, error } = await reported('--reporter=agent')
    expect(code).toBe(1)
    expect(error).toContain('trials.ndjson is damaged in line 1, at index, where a number must stand')
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

  it('the page of the job stays below 1 MiB, whatever others wrote on it', async () => {
    const { folder, reported } = project()
    const page = join(folder, 'page.md')
    vi.stubEnv('GITHUB_ACTIONS', 'true')
    vi.stubEnv('GITHUB_STEP_SUMMARY', page)
    const written = async (before: number) => {
      writeFileSync(page, 'x'.repeat(before))
      const { error } = await reported()
      return { bytes: statSync(page).size, error }
    }
    const almost = await written(1024 * 1024 - 2_500)
    expect(almost.bytes).toBeGreaterThan(1024 * 1024 - 2_500)
    expect(almost.bytes).toBeLessThan(1024 * 1024)
    expect(await written(1024 * 1024 - 100)).toEqual({
      bytes: 1024 * 1024 - 100,
      error: expect.stringContaining('the summary of the job is full'),
    })
  })

  it('a page that cannot be written is said, and changes nothing', async () => {
    vi.stubEnv('GITHUB_STEP_SUMMARY', '/proc/nothing/page.md')
    const { code, error } = await project().reported('--reporter=github')
    expect(code).toBe(1)
    expect(error).toContain('the summary of the job cannot be written')
  })
})
