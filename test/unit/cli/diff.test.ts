/** `stormproof diff` and `--baseline`: records that lie there, compared without a run. */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { execute } from '../../../src/cli/execute.js'
import { openRecordFolder } from '../../../src/cli/record-folder.js'
import type { CampaignRecord } from '../../../src/report/record.js'
import * as records from '../../golden/records.js'
import { temporaryFolder } from './temporary-folder.js'

const clean: CampaignRecord = {
  ...records.failing,
  result: 'pass',
  exitCode: 0,
  gates: [],
  scenarios: records.failing.scenarios.map((one) => ({ ...one, result: 'pass', findings: [], survived: 300 })),
}

function project(named: Readonly<Record<string, CampaignRecord>>) {
  const folder = temporaryFolder({ '.git/HEAD': '' })
  for (const [name, record] of Object.entries(named))
    openRecordFolder(join(folder, name), {
      ...{ schemaVersion: 1, campaign: 'c-1', seed: '1', preset: 'stormy', trials: 300, timeMs: 1, scenarios: [] },
      ...{ gates: {}, versions: { stormproof: '0.1.0', node: '' }, commit: '', reproducible: false },
    }).end(record)
  const ran = async (...argv: string[]) => {
    const shown = { out: '', error: '' }
    const terminal = {
      out: (text: string) => {
        shown.out += text
      },
      error: (text: string) => {
        shown.error += text
      },
      ...{ width: 150, color: false, live: false },
    }
    return { code: await execute(argv, folder, terminal), ...shown }
  }
  return { folder, ran }
}

describe('diff', () => {
  it('of a campaign with a finding more ends 1 and names it; the other way round it is gone, and ends 0', async () => {
    const { ran } = project({ clean, '.stormproof': records.failing })
    const forward = await ran('diff', 'clean')
    expect(forward.code).toBe(1)
    expect(forward.out).toContain('since      c-1: 1 new, 0 gone, 0 the same')
    expect(forward.out).toContain(
      `+ support-refund: an order is refunded once\n              npx stormproof replay ${records.finding.token}\n`,
    )
    const back = await ran('diff', '.stormproof', 'clean')
    expect(back).toMatchObject({ code: 0, out: expect.stringContaining('− support-refund: an order is refunded once') })
  })

  it('--json is one line, for machines', async () => {
    const { ran } = project({ clean, '.stormproof': records.failing })
    const { out } = await ran('diff', 'clean', '--json')
    expect(JSON.parse(out)).toMatchObject({ type: 'diff', verdict: 'fail', exitCode: 1, findings: [{ kind: 'new' }] })
  })

  it('finds a campaign by its name, too', async () => {
    const { ran } = project({ '.stormproof': records.failing })
    expect((await ran('diff', 'c-1')).code).toBe(0)
  })

  it('hostile text stays text', async () => {
    for (const text of records.hostileTexts) {
      const evil = records.hostile(text)
      const { ran } = project({
        '.stormproof': evil,
        before: { ...evil, scenarios: evil.scenarios.map((one) => ({ ...one, findings: [] })) },
      })
      const { out } = await ran('diff', 'before')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be there
      expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    }
  })
})

describe('what cannot be compared is refused with 2', () => {
  it.each([
    [['diff'], 'diff needs the record of before'],
    [['diff', 'a', 'b', 'c'], 'diff needs the record of before'],
    [['diff', 'nowhere'], 'no record of a campaign that ended in'],
    [['diff', 'damaged'], 'is damaged'],
    [['diff', 'others'], 'no scenario is in both campaigns: c-1 has other; c-1 has support-refund, checkout'],
    [['report', '--baseline=others'], 'no scenario is in both campaigns'],
    [['report', '--baseline=nowhere'], 'no record of a campaign that ended in'],
    [['--shard=1/2', '--baseline=.stormproof'], 'a shard alone cannot be compared'],
  ])('%j', async (argv, says) => {
    const others = { ...clean, scenarios: clean.scenarios.slice(1).map((one) => ({ ...one, name: 'other' })) }
    const { folder, ran } = project({ '.stormproof': records.failing, others, damaged: clean })
    writeFileSync(join(folder, 'damaged/campaigns/c-1/record.json'), '{"schemaVersion":1,"scen')
    const { code, out, error } = await ran(...argv)
    expect({ code, out }, error).toEqual({ code: 2, out: '' })
    expect(error).toContain(says)
    expect(error).toMatch(/\n {3}→ /)
  })
})

describe('--baseline of a report', () => {
  it('adds a gate, and what changed to every reader', async () => {
    const { folder, ran } = project({ clean, '.stormproof': { ...clean, scenarios: records.failing.scenarios } })
    const { code, out } = await ran('report', '--baseline=clean', '--reporter=console,markdown,html')
    expect(code).toBe(1)
    expect(out).toContain('✗ baseline  since c-1: 1 new, 0 gone, 0 the same')
    const file = (name: string) => readFileSync(join(folder, '.stormproof/campaigns/c-1', name), 'utf8')
    expect(file('report.md')).toMatch(/^## .*\n\n### Since `c-1`: `1 new/)
    expect(file('index.html')).toContain('<h2>Since c-1</h2>')
    expect(await ran('report', '--baseline=.stormproof', '--reporter=console', '-v')).toMatchObject({
      code: 0,
      out: expect.stringContaining('✓ baseline'),
    })
  })
})
