/** Traces by the real program: of a finding that lies there, of a token that is run once more; and records that cannot be used. */

import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bin, build, campaign, lasting, record, stormproof } from './stormproof.js'

let folder = ''
let token = ''

beforeAll(async () => {
  build()
  folder = lasting(['prints'])
  await stormproof(folder, ['--jobs=1', '--progress=none', '--trials=3', '--time=10m'])
  token = record(folder).scenarios[0]?.findings[0]?.token ?? ''
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('trace', () => {
  test.each([
    ['perfetto', /^\{"displayTimeUnit":"ms"/],
    ['otlp', /"gen_ai\.operation\.name"/],
    ['shiviz', /^=== F1 prints ===\n/],
    ['mermaid', /^sequenceDiagram\n {2}participant M as model\n/],
  ])('%s of a finding', async (format, start) => {
    const { code, out, error } = await stormproof(folder, ['trace', 'F1', `--format=${format}`])
    expect({ code, error }).toEqual({ code: 0, error: '' })
    expect(out).toMatch(start)
  })

  test('of its token is that of the finding', async () => {
    const kept = JSON.parse((await stormproof(folder, ['trace', '--last', '--format=otlp'])).out)
    const again = JSON.parse((await stormproof(folder, ['trace', token, '--format=otlp'])).out)
    // The root tells every promise that broke, where the record has a finding for one.
    const spans = (report: any) => report.resourceSpans[0].scopeSpans[0].spans.slice(1)
    expect(spans(again)).toEqual(spans(kept))
    expect(spans(kept).length).toBeGreaterThan(2)
  })

  test.each([
    [['trace'], 'trace needs a token, or the name of a finding'],
    [['trace', 'F9'], 'the last campaign has no finding "F9"'],
    [['trace', 'v1.abc'], 'cannot be read'],
    [['trace', 'F1', '--format=perfeto'], 'did you mean perfetto?'],
  ])('%j is refused with 2', async (argv, says) => {
    const { code, out, error } = await stormproof(folder, argv)
    expect({ code, out }, error).toEqual({ code: 2, out: '' })
    expect(error).toContain(says)
  })

  test('into a pipe that closes ends quietly', async () => {
    const child = spawn(process.execPath, [bin, 'trace', 'F1', '--format=perfetto'], { cwd: folder })
    let error = ''
    child.stderr.on('data', (bytes: Buffer) => {
      error += bytes.toString()
    })
    child.stdout.destroy()
    const code = await new Promise((done) => child.on('close', done))
    expect({ code, error }).toEqual({ code: 0, error: '' })
  })

  test('reporters write their files beside the record', async () => {
    expect((await stormproof(folder, ['report', '--reporter=perfetto,otlp,shiviz,mermaid'])).code).toBe(1)
    expect(readdirSync(campaign(folder))).toEqual(
      expect.arrayContaining(['trace.json', 'otlp.json', 'shiviz.log', 'diagrams.md']),
    )
    expect(JSON.parse(readFileSync(join(campaign(folder), 'trace.json'), 'utf8')).traceEvents.length).toBeGreaterThan(9)
  })

  test('of a history cut short is drawn to there', async () => {
    const file = join(campaign(folder), 'histories/prints-F1.ndjson')
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.slice(0, text.length / 2))
    expect(await stormproof(folder, ['trace', 'F1'])).toMatchObject({ code: 0 })
    rmSync(file)
    const gone = await stormproof(folder, ['trace', 'F1'])
    expect(gone).toMatchObject({ code: 2, error: expect.stringContaining('the history of F1 was not kept') })
    writeFileSync(file, text)
  })
})

describe('a record that cannot be used', () => {
  const all = [['report'], ['diff', '.stormproof'], ['trace', 'F1'], ['report', '--baseline=.stormproof']] as const
  const cases: readonly (readonly [string, (text: string) => string, string])[] = [
    ['cut short', (text) => text.slice(0, text.length / 2), 'record.json is damaged'],
    ['empty', () => '', 'record.json is damaged'],
    ['of a newer version', (text) => text.replace('"schemaVersion": 1', '"schemaVersion": 2'), 'use the newer version'],
    ['of another shape', (text) => text.replace('"lines": [', '"lines": [7,'), 'story.lines[0]'],
  ]
  test.each(cases)(
    '%s: every command tells it, and ends 2',
    async (_, change, says) => {
      const file = join(campaign(folder), 'record.json')
      const text = readFileSync(file, 'utf8')
      writeFileSync(file, change(text))
      for (const argv of all) {
        const { code, out, error } = await stormproof(folder, argv)
        expect({ code, out }, error).toEqual({ code: 2, out: '' })
        expect(error).toContain(says)
      }
      writeFileSync(file, text)
    },
    60_000,
  )

  test('in a folder that cannot be written is told, and ends 2', async () => {
    const path = campaign(folder)
    // Whoever may write everywhere is stopped by a folder of the file's name.
    rmSync(join(path, 'junit.xml'), { recursive: true, force: true })
    mkdirSync(join(path, 'junit.xml'))
    chmodSync(path, 0o555)
    const { code, error } = await stormproof(folder, ['report', '--reporter=junit'])
    chmodSync(path, 0o755)
    expect({ code }, error).toEqual({ code: 2 })
    expect(error).toMatch(/junit\.xml cannot be written \(E\w+\)\n {3}→ name another folder/)
  })
})
