/** The reporters for CI: golden bytes, the parsers of their formats, and hostile text in every field. */

import { validateStrict } from 'ctrf'
import type { Log } from 'sarif'
import { SaxesParser } from 'saxes'
import { describe, expect, it, test } from 'vitest'
import { agentReport } from '../../../reporters/agent.js'
import { suitesOf } from '../../../reporters/cases.js'
import { ctrfReport } from '../../../reporters/ctrf.js'
import { githubReport } from '../../../reporters/github.js'
import { junitReport } from '../../../reporters/junit.js'
import { markdownReport } from '../../../reporters/markdown.js'
import { sarifReport, securityPromises } from '../../../reporters/sarif.js'
import { findInvariant } from '../../../src/check/registry.js'
import type { CampaignRecord } from '../../../src/report/record.js'
import * as records from '../../golden/records.js'

const all: readonly (readonly [string, CampaignRecord])[] = [
  ['failing', records.failing],
  ['passing', records.passing],
  ['scenario-error', records.scenarioError],
  ['not-repeatable', records.notRepeatable],
]
const hostileTexts = [
  ...records.hostileTexts,
  '"><img src=x onerror=alert(1)>',
  ']]></failure><failure>',
  '::error::forged',
  'a\n::warning file=x::forged',
  '@everyone #1 https://evil.example ![x](https://evil.example/x.png)',
  'a | b `code` ``` fence',
  '%0A::stop-commands::x',
  '\ud800 lonely \uffff',
]
const empty: CampaignRecord = { ...records.passing, scenarios: [], gates: [] }

/** Element names and attribute values in order; throws where it is not well-formed. */
function parsedXml(text: string) {
  const elements: { name: string; attributes: Readonly<Record<string, string>> }[] = []
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) =>
    elements.push({ name, attributes: { ...attributes } as Record<string, string> }),
  )
  parser.write(text).close()
  return elements
}

describe.each(all)('%s', (name, record) => {
  it('reads as it always did in each format', async () => {
    await expect(junitReport(record)).toMatchFileSnapshot(`../../golden/reports/${name}.xml`)
    await expect(ctrfReport(record)).toMatchFileSnapshot(`../../golden/reports/${name}-ctrf.json`)
    await expect(markdownReport(record)).toMatchFileSnapshot(`../../golden/reports/${name}.md`)
    await expect(githubReport(record)).toMatchFileSnapshot(`../../golden/reports/${name}-github.txt`)
    await expect(agentReport(record, (path) => `/project/${path}`)).toMatchFileSnapshot(
      `../../golden/reports/${name}-agent.txt`,
    )
  })

  it('is red in a CI exactly where the campaign is: no pass hides what failed or what nobody can tell', () => {
    const statuses = suitesOf(record).flatMap(({ cases }) => cases.map(({ status }) => status))
    expect(statuses.some((status) => status === 'failed' || status === 'unknown')).toBe(record.exitCode !== 0)
  })
})

describe('JUnit', () => {
  it.each([...hostileTexts, 'plain'])('%j is well-formed, and as many cases as with plain text', (text) => {
    const names = (one: string) => parsedXml(junitReport(records.hostile(one))).map(({ name }) => name)
    expect(names(text)).toEqual(names('plain'))
  })

  it('counts what it lists, and no two cases of a suite share a name', () => {
    const elements = parsedXml(junitReport(records.failing))
    const count = (name: string): string => String(elements.filter((element) => element.name === name).length)
    expect(elements[0]?.attributes).toMatchObject({
      tests: count('testcase'),
      failures: count('failure'),
      errors: count('error'),
      skipped: count('skipped'),
    })
    const names = elements
      .filter(({ name }) => name === 'testcase')
      .map(({ attributes }) => `${attributes['classname']} ${attributes['name']}`)
    expect(new Set(names).size).toBe(names.length)
  })

  it('of nothing is a document still', () => {
    expect(parsedXml(junitReport(empty)).map(({ name }) => name)).toEqual(['testsuites'])
  })
})

describe('CTRF', () => {
  it.each([...all.map(([, record]) => record), empty, ...hostileTexts.map(records.hostile)])(
    '%# keeps to its schema',
    (record) => {
      expect(() => validateStrict(JSON.parse(ctrfReport(record)))).not.toThrow()
    },
  )

  it('its schema refuses what is no report of it', () => {
    expect(() => validateStrict({ ...JSON.parse(ctrfReport(records.failing)), strange: 1 })).toThrow()
  })
})

describe('SARIF', () => {
  const security = (text: string): CampaignRecord => {
    const record = records.hostile(text)
    const scenarios = record.scenarios.map((scenario) => ({
      ...scenario,
      findings: scenario.findings.map((finding) => ({
        ...finding,
        violation: { ...finding.violation, invariant: 'trust-boundary' },
      })),
    }))
    return { ...record, scenarios }
  }
  // The types are those of the specification: a member that it does not know would not compile.
  const logOf = (record: CampaignRecord): Log => JSON.parse(sarifReport(record)) as Log
  const rulesOf = (log: Log) => log.runs[0]?.tool.driver.rules?.map(({ id }) => id)

  it('tells of security alone: an order refunded twice is no alert', () => {
    expect(logOf(records.failing).runs[0]?.results).toEqual([])
    const log = logOf(security('plain'))
    expect(rulesOf(log)).toEqual(['trust-boundary'])
    expect(log.runs[0]?.results?.[0]).toMatchObject({ ruleId: 'trust-boundary', ruleIndex: 0, level: 'error' })
  })

  it('names promises that exist', () => {
    expect([...securityPromises].filter((name) => findInvariant(name) === undefined)).toEqual([])
  })

  it('keeps the identity of a finding when its line moves', () => {
    const moved = security('plain')
    const scenarios = moved.scenarios.map((scenario) => ({
      ...scenario,
      findings: scenario.findings.map((finding) => ({ ...finding, where: [{ at: 'src/other.ts:900', line: '' }] })),
    }))
    const identity = (record: CampaignRecord) => logOf(record).runs[0]?.results?.map((one) => one.partialFingerprints)
    expect(identity({ ...moved, scenarios })).toEqual(identity(moved))
  })

  it.each(hostileTexts)('%j changes no rule, no number of results, no number of moments', (text) => {
    const shape = (log: Log) => [
      rulesOf(log),
      log.runs[0]?.results?.map(({ codeFlows }) => codeFlows?.[0]?.threadFlows[0]?.locations.length),
    ]
    expect(shape(logOf(security(text)))).toEqual(shape(logOf(security('plain'))))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(JSON.stringify(logOf(security(text)))).not.toMatch(/\\u00[01]|\u001b/)
  })
})

describe('the page of a job', () => {
  it('draws the first findings, within its bytes, and a comment draws none', () => {
    const page = markdownReport(records.failing, { mostBytes: 900 * 1024, diagrams: 3 })
    expect(page.match(/```mermaid\nsequenceDiagram\n/g)).toHaveLength(
      Math.min(3, records.failing.scenarios.flatMap(({ findings }) => findings).length),
    )
    expect(markdownReport(records.failing)).not.toContain('mermaid')
    expect(markdownReport(records.failing, { mostBytes: 2_000, diagrams: 3 }).length).toBeLessThanOrEqual(2_000)
  })
})

describe('GitHub', () => {
  it.each(hostileTexts)('%j gives no command of its own', (text) => {
    const lines = (one: string) => githubReport(records.hostile(one)).split('\n')
    expect(lines(text)).toHaveLength(lines('plain').length)
    for (const line of lines(text).filter((one) => one !== ''))
      expect(line).toMatch(/^::error (file|line|title)=[^:]*(,(file|line|title)=[^:,]*)*::/)
  })

  it('shows ten annotations at most, the last of which says how many there are', () => {
    const [scenario] = records.failing.scenarios
    const findings = Array.from({ length: 14 }, (_, index) => ({
      ...{ ...records.finding, id: `F${index + 1}`, signature: `signature ${index}` },
    }))
    const many = githubReport({ ...records.failing, scenarios: [{ ...scenario!, findings }] })
    expect(many.trim().split('\n')).toHaveLength(10)
    expect(many).toContain('and 5 more')
  })

  it('tells once what several scenarios show, and where else', () => {
    const [scenario] = records.failing.scenarios
    const scenarios = ['one', 'two', 'three'].map((name) => ({
      ...{ ...scenario!, name, findings: [{ ...records.finding, scenario: name }] },
    }))
    const report = githubReport({ ...records.failing, scenarios })
    expect(report.trim().split('\n')).toHaveLength(1)
    expect(report).toContain('also in two, three')
  })

  it('says nothing of a shard: the merge tells what all of them found', () => {
    expect(githubReport({ ...records.failing, shard: { index: 1, count: 2 } })).toBe('')
  })

  it('keeps title and message within what GitHub takes, and the replay line whole', () => {
    const report = githubReport(records.hostile('ü%,:\n'.repeat(20_000)))
    for (const line of report.trim().split('\n')) {
      const [, fields = '', text = ''] = /^::error (.*?)::(.*)$/.exec(line) ?? []
      const title = decodeURIComponent(/title=([^,]*)/.exec(fields)?.[1] ?? '')
      expect(title.length).toBeLessThanOrEqual(255)
      expect(Buffer.byteLength(decodeURIComponent(text))).toBeLessThan(64 * 1024)
    }
    expect(report).toContain(`npx stormproof replay ${records.finding.token}\n`)
  })

  it('does not give half a token', () => {
    const [scenario] = records.failing.scenarios
    const findings = [{ ...records.finding, token: `v1.${'A'.repeat(90_000)}` }]
    const report = githubReport({ ...records.failing, scenarios: [{ ...scenario!, findings }] })
    expect(report.length).toBeLessThan(10_000)
    expect(report).toContain('the token is in the summary')
  })
})

describe('Markdown', () => {
  it.each(hostileTexts)('%j stays in code: outside of it there is no text of others', (text) => {
    const report = markdownReport(records.hostile(text))
    const outside = report
      .replace(/^(`{3,})[a-z]*\n[\s\S]*?\n\1$/gm, '')
      .replace(/(?<!`)(`+)(?!`)([\s\S]*?)(?<!`)\1(?!`)/g, '')
    expect(outside).not.toMatch(/evil|forged|onerror|everyone|::/)
    expect(outside.replaceAll('<sub>', '').replaceAll('</sub>', '')).not.toMatch(/<[a-z/!]/i)
  })

  test('what does not fit is left out whole, and it says so', () => {
    const [scenario] = records.failing.scenarios
    const findings = Array.from({ length: 200 }, (_, index) => ({ ...records.finding, id: `F${index + 1}` }))
    const report = markdownReport({ ...records.failing, scenarios: [{ ...scenario!, findings }] })
    expect(Buffer.byteLength(report)).toBeLessThanOrEqual(60_000)
    expect(report).toContain('F20 ')
    expect(report).toMatch(/it is in the record\._\n$/)
    expect(report.match(/^```/gm)!.length % 2).toBe(0)
  })
})

describe('for a coding assistant', () => {
  it.each(hostileTexts)('%j adds no line', (text) => {
    const lines = (one: string) => agentReport(records.hostile(one), (path) => path).split('\n').length
    expect(lines(text)).toBe(lines('plain'))
  })

  it('a finding has 4,000 characters at most, its replay line whole among them', () => {
    const long = 'x'.repeat(10_000)
    const report = agentReport(records.hostile(long), (path) => path)
    for (const part of report.split('\n\n')) expect(part.length).toBeLessThanOrEqual(4_000)
    expect(report).toContain(`replay: npx stormproof replay ${records.finding.token}`)
  })
})
