/** JUnit's XML, as GitLab and Jenkins read it: a case for each scenario and kind of fault, never for each seed. */

import { forXml } from '../src/core/sanitize.js'
import type { CampaignRecord, FindingRecord } from '../src/report/record.js'
import { wilson } from '../src/report/statistics.js'
import { type Case, type Suite, suitesOf } from './cases.js'
import { findingBlock } from './console/finding.js'
import { painter } from './console/paint.js'

const width = 100

/** The whole document. Times are 0: virtual time is no time of a test, and real time is known of the campaign alone. */
export function junitReport(record: CampaignRecord): string {
  const suites = suitesOf(record)
  const all = suites.flatMap(({ cases }) => cases)
  const seconds = (record.environment.wallMs / 1000).toFixed(3)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="stormproof" ${counts(all)} time="${seconds}">`,
    ...suites.flatMap((suite) => suiteLines(suite, record)),
    '</testsuites>',
    '',
  ].join('\n')
}

function counts(cases: readonly Case[]): string {
  const of = (status: Case['status']): number => cases.filter((one) => one.status === status).length
  return `tests="${cases.length}" failures="${of('failed')}" errors="${of('unknown')}" skipped="${of('skipped')}"`
}

function suiteLines({ name, file, cases, scenario }: Suite, record: CampaignRecord): readonly string[] {
  const rate = scenario && !scenario.tool && wilson(scenario.survived, scenario.storms)
  const properties = {
    seed: record.seed,
    preset: record.preset,
    ...(scenario &&
      rate && {
        trials: scenario.storms,
        failures: scenario.storms - scenario.survived - scenario.unknown,
        ci_low: rate.lower.toFixed(4),
        ci_high: rate.upper.toFixed(4),
        virtual_ms: scenario.virtualMs,
      }),
  }
  return [
    `  <testsuite name="${forXml(name)}" ${counts(cases)} time="0">`,
    ...propertyLines(properties, 4),
    ...cases.flatMap((one) => caseLines(one, name, file)),
    '  </testsuite>',
  ]
}

function propertyLines(properties: Readonly<Record<string, string | number>>, indent: number): readonly string[] {
  const left = ' '.repeat(indent)
  const lines = Object.entries(properties).map(
    ([name, value]) => `${left}  <property name="${name}" value="${forXml(String(value))}"/>`,
  )
  return lines.length === 0 ? [] : [`${left}<properties>`, ...lines, `${left}</properties>`]
}

function caseLines(one: Case, suite: string, file: string): readonly string[] {
  const open = `    <testcase name="${forXml(one.name)}" classname="${forXml(suite)}"${file === '' ? '' : ` file="${forXml(file)}"`} time="0"`
  const replays = one.findings.map(({ token }) => `npx stormproof replay ${token}`)
  const properties = {
    ...(one.storms && { trials: one.storms.run, failures: one.storms.broken }),
    ...(replays.length > 0 && { replay: replays[0] as string }),
  }
  const inside = [...propertyLines(properties, 6), ...statusLines(one), ...systemOut(replays)]
  return inside.length === 0 ? [`${open}/>`] : [`${open}>`, ...inside, '    </testcase>']
}

function statusLines(one: Case): readonly string[] {
  const message = forXml(one.message)
  if (one.status === 'skipped') return [`      <skipped message="${message}"/>`]
  if (one.status === 'unknown') return [`      <error type="inconclusive" message="${message}"/>`]
  if (one.status === 'passed') return []
  const failures = one.findings.filter(({ known }) => !known)
  if (failures.length === 0) return [`      <failure type="${forXml(one.name)}" message="${message}"/>`]
  // One element: readers of this format know no second failure of a case.
  const type = forXml((failures[0] as FindingRecord).violation.invariant)
  const text = failures.flatMap((finding) =>
    findingBlock(finding, { width, verbose: false, storms: one.storms?.run ?? 0 }, painter(false)),
  )
  return [`      <failure type="${type}" message="${message}">${forXml(text.join('\n'))}</failure>`]
}

const systemOut = (replays: readonly string[]): readonly string[] =>
  replays.length === 0 ? [] : [`      <system-out>${forXml(replays.join('\n'))}</system-out>`]
