import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Manifest } from '../../../src/cli/manifest.js'
import { openRecordFolder, readLatest, readRecord } from '../../../src/cli/record-folder.js'
import { keepRepro, readRepros, reproFileOf, writeRepros } from '../../../src/cli/repro-file.js'
import type { TrialRecord } from '../../../src/report/record.js'
import * as records from '../../golden/records.js'
import { temporaryFolder } from './temporary-folder.js'

const manifest: Manifest = {
  schemaVersion: 1,
  campaign: 'c-1',
  seed: '1',
  preset: 'stormy',
  trials: 1,
  timeMs: 1,
  scenarios: [],
  gates: {},
  versions: { stormproof: '0', node: '0' },
  commit: '',
  reproducible: false,
}

describe('the folder of a campaign', () => {
  test('holds manifest, trials, record and histories, and is found again', () => {
    const root = join(temporaryFolder(), '.stormproof')
    const folder = openRecordFolder(root, manifest)
    for (let index = 1; index <= 100; index++) folder.trial({ index } as TrialRecord)
    folder.history(records.finding, ['{"seq":0}', '{"seq":1}'])
    folder.end(records.failing)
    expect(readFileSync(join(folder.path, 'trials.ndjson'), 'utf8').trimEnd().split('\n')).toHaveLength(100)
    expect(readFileSync(join(folder.path, 'histories/support-refund-F1.ndjson'), 'utf8')).toBe('{"seq":0}\n{"seq":1}\n')
    expect(readLatest(root)).toEqual(JSON.parse(JSON.stringify(records.failing)))
    expect(readFileSync(join(root, '.gitignore'), 'utf8')).toBe('*\n')
  })

  test('that cannot be written is known before the first trial', () => {
    const folder = temporaryFolder({ file: 'not a folder' })
    expect(() => openRecordFolder(join(folder, 'file'), manifest)).toThrow(
      expect.objectContaining({ code: 'unwritable', remedy: 'name another folder: --out=/tmp/stormproof' }),
    )
    expect(() => openRecordFolder('/proc/stormproof', manifest)).toThrow(
      expect.objectContaining({ code: 'unwritable' }),
    )
  })

  test('keeps reporters inside', () => {
    const root = temporaryFolder()
    const folder = openRecordFolder(join(root, 'r'), manifest)
    folder.file('deep/report.txt', 'x')
    expect(readFileSync(join(folder.path, 'deep/report.txt'), 'utf8')).toBe('x')
    expect(() => folder.file('../../../escape.txt', 'x')).toThrow('outside of the record')
    expect(existsSync(join(root, 'escape.txt'))).toBe(false)
  })

  test('says so when there is none, when it is damaged, and when it is of another version', () => {
    const root = temporaryFolder()
    expect(() => readLatest(root)).toThrow('there is no campaign in')
    const folder = openRecordFolder(root, manifest)
    folder.end(records.failing)
    writeFileSync(join(folder.path, 'record.json'), '{')
    expect(() => readLatest(root)).toThrow('is damaged')
    writeFileSync(join(folder.path, 'record.json'), '{"schemaVersion":99}')
    expect(() => readLatest(root)).toThrow('another version of stormproof (schema 99, here 1)')
    const { scenarios, ...rest } = JSON.parse(JSON.stringify(records.failing))
    for (const [value, where] of [
      ['[]', ''],
      ['null', ''],
      ['{"schemaVersion":"1"}', ', at schemaVersion'],
      [JSON.stringify(rest), ', at scenarios'],
      [
        JSON.stringify({ ...rest, scenarios: [{ ...scenarios[0], findings: [{}] }] }),
        ', at scenarios[0].findings[0].id',
      ],
      [JSON.stringify({ ...rest, scenarios: [{ ...scenarios[0], faults: { x: 1 } }] }), ', at scenarios[0].faults.x'],
    ] as const) {
      writeFileSync(join(folder.path, 'record.json'), value)
      expect(() => readLatest(root)).toThrow(`is damaged${where}`)
    }
  })

  test('says what to do with one of the same schema that was written before it kept all that it keeps now', () => {
    const folder = openRecordFolder(temporaryFolder(), manifest)
    const [scenario] = records.failing.scenarios
    const [finding] = scenario?.findings ?? []
    const none = { lines: [], hidden: 0 }
    const moment = { state: none, ledger: none, prompts: none, redacted: 0 }
    const old = { ...records.failing, scenarios: [{ ...scenario, findings: [{ ...finding, moment }] }] }
    writeFileSync(join(folder.path, 'record.json'), JSON.stringify(old))
    expect(() => readRecord(folder.path)).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: expect.stringContaining('is damaged, at scenarios[0].findings[0].moment.steps'),
        remedy: expect.stringMatching(/an earlier stormproof wrote it.*run again with this one, npx stormproof/),
      }),
    )
  })
})

describe('kept repros', () => {
  const repro = { scenario: 's', invariant: 'i', promise: 'p', token: records.finding.token }

  test('lie beside the scenario', () => {
    expect(['a/checkout.scenario.ts', 'x.mts', 'y.scenario.js'].map(reproFileOf)).toEqual([
      'a/checkout.repros.json',
      'x.repros.json',
      'y.repros.json',
    ])
  })

  test('are kept once each, sorted, and an empty list removes the file', () => {
    const file = join(temporaryFolder(), 'a.scenario.ts')
    expect([keepRepro(file, records.finding), keepRepro(file, records.finding)]).toEqual([true, false])
    expect(readRepros(file)).toEqual([
      {
        scenario: 'support-refund',
        invariant: 'an order is refunded once',
        promise: 'an order is refunded once',
        token: records.finding.token,
      },
    ])
    writeRepros(file, [])
    expect(existsSync(reproFileOf(file))).toBe(false)
  })

  test.each(['{', '[]', '{"repros":{}}', '{"repros":[{"scenario":"a"}]}', '{"repros":[null]}'])(
    '%s is refused',
    (text) => {
      const folder = temporaryFolder({ 'a.repros.json': text })
      expect(() => readRepros(join(folder, 'a.scenario.ts'))).toThrow('is not a list of kept repros')
    },
  )

  test('a corrupt token is refused', () => {
    const folder = temporaryFolder({ 'a.repros.json': JSON.stringify({ repros: [{ ...repro, token: 'v1.?' }] }) })
    expect(() => readRepros(join(folder, 'a.scenario.ts'))).toThrow(expect.objectContaining({ code: 'corrupt-token' }))
  })
})
