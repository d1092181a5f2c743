/** The published schema, by a validator that is not ours; and that it says the same as the shapes by which we read. */

import { readFileSync } from 'node:fs'
import Ajv from 'ajv/dist/2020.js'
import { describe, expect, it, test } from 'vitest'
import { ndjsonReport } from '../../../reporters/ndjson.js'
import { runCampaign } from '../../../src/explore/campaign.js'
import { inProcess } from '../../../src/explore/in-process.js'
import { lineSchema, lineShape, trialShape } from '../../../src/report/line-shape.js'
import type { CampaignRecord, TrialRecord } from '../../../src/report/record.js'
import { recordShape } from '../../../src/report/record-shape.js'
import * as records from '../../golden/records.js'
import { shopper, shopperLore, toyTrials } from '../explore/toy.js'

const published = JSON.parse(readFileSync(new URL('../../../record.schema.json', import.meta.url), 'utf8')) as object
const ajv = new Ajv.default({ strict: false })
const isLine = ajv.compile(published)
const isOf = (name: string) => ajv.compile({ $ref: `urn:stormproof:schema:record:1#/$defs/${name}` })
const throughJson = (value: unknown): any => JSON.parse(JSON.stringify(value))

async function realCampaign(): Promise<{ record: CampaignRecord; trials: readonly TrialRecord[] }> {
  const trials: TrialRecord[] = []
  const scenario = await runCampaign({
    scenario: { name: 'shop', file: 'shop.scenario.ts', breaks: [] },
    hands: [inProcess([{ name: 'shop' }], toyTrials({ shop: shopper() }), shopperLore)],
    ...{ seed: '1', preset: 'stormy', trials: 30, now: () => 0, reliability: true },
    onTrial: (trial) => trials.push(trial),
  })
  return { record: { ...records.failing, scenarios: [scenario] }, trials }
}

test('the file that is published is what the shapes say: npm run schema writes it', () => {
  expect(published).toEqual(throughJson(lineSchema))
  expect(published).toHaveProperty('$id')
})

describe('what a campaign leaves', () => {
  it('keeps to the schema, line by line', async () => {
    const { record, trials } = await realCampaign()
    expect(record.scenarios[0]?.findings).not.toEqual([])
    for (const line of ndjsonReport(record, trials).trim().split('\n')) {
      expect(isLine(JSON.parse(line)), JSON.stringify(isLine.errors)).toBe(true)
      expect(lineShape(JSON.parse(line))).toBeUndefined()
    }
    expect(isOf('record')(throughJson(record))).toBe(true)
    for (const trial of trials) expect(isOf('trial')(throughJson(trial))).toBe(true)
  })

  it.each(
    Object.entries({ ...records, hostile: records.hostile('x') }).filter(([, one]) => 'scenarios' in (one as object)),
  )('%s too', (_name, record) => {
    for (const line of ndjsonReport(record as CampaignRecord)
      .trim()
      .split('\n'))
      expect(isLine(JSON.parse(line))).toBe(true)
    expect(isOf('record')(throughJson(record))).toBe(true)
  })
})

/** Every path to a value inside. */
function pathsOf(value: any, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [
    ...(path.length > 0 ? [path] : []),
    ...Object.keys(value).flatMap((key) => pathsOf(value[key], [...path, key])),
  ]
}

function without(value: any, [first = '', ...rest]: readonly string[], put: unknown): unknown {
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === first ? (rest.length ? without(item, rest, put) : put) : item))
  return { ...value, [first]: rest.length > 0 ? without(value[first], rest, put) : put }
}

test('our shapes and the published schema refuse the same records', () => {
  const record = throughJson(records.failing)
  const isRecord = isOf('record')
  for (const path of pathsOf(record))
    for (const put of [null, { strange: true }]) {
      const changed = without(record, path, put)
      expect([path.join('.'), isRecord(changed)]).toEqual([path.join('.'), recordShape(changed, '') === undefined])
    }
})

test('what does not fit is named with what must stand there', () => {
  expect(lineShape({ type: 'gate', name: 'findings', result: 'red', detail: '' })).toEqual({
    at: 'result',
    wants: 'one of pass, fail, inconclusive',
  })
  expect(lineShape({ type: 'constructor' })?.at).toBe('type')
  expect(lineShape(null)?.at).toBe('type')
  expect(trialShape({ scenario: 1 }, '')).toEqual({ at: 'scenario', wants: 'a text' })
})
