/** The page as text: golden bytes, and hostile text in every field. What it looks like and does is tested in a real browser: `test/page`. */

import { createHash } from 'node:crypto'
import { describe, expect, it, test } from 'vitest'
import { policy } from '../../../reporters/html/policy.js'
import { script } from '../../../reporters/html/script.js'
import { style } from '../../../reporters/html/style.js'
import { htmlReport } from '../../../reporters/html.js'
import type { CampaignRecord } from '../../../src/report/record.js'
import * as records from '../../golden/records.js'

describe.each([
  ['failing', records.failing],
  ['passing', records.passing],
  ['scenario-error', records.scenarioError],
  ['not-repeatable', records.notRepeatable],
])('%s', (name, record) => {
  it('reads as it always did', async () => {
    await expect(htmlReport(record).replace(style, '')).toMatchFileSnapshot(`../../golden/reports/${name}.html`)
  })
})

describe('the sentence at the top', () => {
  const heading = (record: CampaignRecord) => /<h1>(.*?)<\/h1>/.exec(htmlReport(record))?.[1]

  it('counts storms and ways before it tells the first of them', () => {
    expect(heading(records.failing)).toMatch(/^Of 600 simulated storms 11 broke a promise, in 1 way\. shop\.refund/)
  })

  it('claims no bound where a known break made storms fail', () => {
    const scenarios = records.failing.scenarios.map((one) => ({
      ...one,
      findings: one.findings.map((finding) => ({ ...finding, known: true })),
    }))
    expect(heading({ ...records.failing, result: 'pass', scenarios })).toBe(
      'Every promise was kept but 1 known break in 300 storms of each scenario.',
    )
    expect(heading(records.passing)).toContain('fewer than 1 in')
  })
})

/** Tags with the names of their attributes, in order. */
const shape = (page: string): readonly string[] =>
  [...page.matchAll(/<(\/?[a-z0-9]+)((?: [a-zA-Z0-9-]+(?:="[^"]*")?)*)>/g)].map(
    ([, name, attributes]) =>
      `${name} ${[...(attributes ?? '').matchAll(/ ([a-zA-Z0-9-]+)(?:="[^"]*")?/g)].map(([, key]) => key).join(' ')}`,
  )

describe('what others wrote', () => {
  test.each([
    ...records.hostileTexts,
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onfocus='alert(1)",
    '</style><style>*{display:none}',
    '<!-- ]]> &amp; &lt;',
    'javascript:alert(1)',
  ])('%j adds no tag and no attribute', (text) => {
    const page = htmlReport(records.hostile(text))
    expect(shape(page)).toEqual(shape(htmlReport(records.hostile('plain'))))
    // Every `<` of the page begins one of its own tags.
    expect(page.match(/</g)).toHaveLength(shape(page).length + ['<!doctype html>'].length)
  })
})

test('the policy of the page names its style and its script as they are', () => {
  const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  expect(policy).toContain(`style-src ${hashOf(style)};`)
  expect(policy).toContain(`script-src ${hashOf(script)};`)
})

describe('size', () => {
  it('10,000 trials, 20 scenarios and 20 findings: under 2 MB, in under 2 s', () => {
    const [scenario] = records.failing.scenarios
    const scenarios = Array.from({ length: 20 }, (_, index) => ({
      ...scenario!,
      name: `scenario-${index}`,
      storms: 500,
      survived: 489,
      findings: [{ ...records.finding, id: `F${index + 1}` }],
    }))
    const record: CampaignRecord = { ...records.failing, trials: 500, scenarios }
    const started = performance.now()
    const page = htmlReport(record)
    expect(performance.now() - started).toBeLessThan(2_000)
    expect(Buffer.byteLength(page)).toBeLessThan(2_000_000)
  })
})
