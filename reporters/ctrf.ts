/** The Common Test Report Format (ctrf.io): the same suites and cases as JUnit's, as JSON. */

import type { CampaignRecord } from '../src/report/record.js'
import { type Case, type CaseStatus, type Suite, suitesOf } from './cases.js'

/** The version of the specification, which is older than 1.0 and may still change. */
const specVersion = '0.0.0'

/** It has no word for what nobody can tell. */
const statuses = { passed: 'passed', failed: 'failed', skipped: 'skipped', unknown: 'other' } as const

/** The whole document; what the format has no field for stands under `extra.stormproof`. */
export function ctrfReport(record: CampaignRecord): string {
  const suites = suitesOf(record)
  const all = suites.flatMap(({ cases }) => cases)
  const of = (status: CaseStatus): number => all.filter((one) => one.status === status).length
  const start = Date.parse(record.environment.startedAt)
  const { stormproof, node, platform, commit, wallMs } = record.environment
  const document = {
    reportFormat: 'CTRF',
    specVersion,
    runId: record.campaign,
    generatedBy: `stormproof ${stormproof}`,
    results: {
      tool: { name: 'stormproof', version: stormproof },
      summary: {
        tests: all.length,
        passed: of('passed'),
        failed: of('failed'),
        skipped: of('skipped'),
        pending: 0,
        other: of('unknown'),
        suites: suites.length,
        start,
        stop: start + Math.round(wallMs),
      },
      tests: suites.flatMap((suite) => suite.cases.map((one) => testOf(one, suite, record))),
      environment: {
        osPlatform: platform,
        ...(commit === '' ? {} : { commit }),
        extra: { node },
      },
      extra: { stormproof: { seed: record.seed, faults: record.preset, result: record.result } },
    },
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

function testOf(one: Case, { name, file }: Suite, record: CampaignRecord) {
  const replays = one.findings.map(({ token }) => `npx stormproof replay ${token}`)
  return {
    name: one.name,
    status: statuses[one.status],
    // What a case took in real time is not known, and in virtual time it means nothing here.
    duration: 0,
    suite: [name],
    ...(one.status === 'unknown' && { rawStatus: 'inconclusive' }),
    ...(one.message !== '' && { message: one.message }),
    ...(file !== '' && { filePath: file }),
    ...(one.findings.length > 0 && { trace: one.findings.map(({ story }) => story.headline).join('\n') }),
    parameters: { seed: record.seed, faults: record.preset },
    extra: {
      stormproof: {
        ...(one.storms && { storms: one.storms.run, broken: one.storms.broken }),
        ...(replays.length > 0 && { replays }),
      },
    },
  }
}
