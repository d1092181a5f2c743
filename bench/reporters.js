/** What a record and all of its reporters cost, against the campaign that they tell; and the page of 10,000 trials with 20 findings. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { trialLine } from '../dist/reporters/ndjson.js'
import { reporters } from '../dist/reporters/registry.js'
import { openRecordFolder, readHistory } from '../dist/src/cli/record-folder.js'
import { runCampaign } from '../dist/src/explore/campaign.js'
import { localHands } from '../dist/src/explore/local-hands.js'
import { maskedEvents } from '../dist/src/explore/masked.js'
import { show } from './figure.js'
import { busyMs } from './rate.js'
import { loadScenario } from './scenario.js'

const names = ['checkout', 'support-refund']
const storms = 100
const mostShare = 0.05
const pageBytes = 2_000_000
const pageMs = 2_000
const options = { width: 100, color: true, quiet: false, verbose: true, folder: 'f', at: (path) => path }

const folder = mkdtempSync(join(tmpdir(), 'stormproof-bench-'))
const manifest = {
  ...{ schemaVersion: 1, campaign: 'bench', seed: '1', preset: 'stormy', trials: storms, timeMs: 1, scenarios: [] },
  ...{ gates: {}, versions: { stormproof: '0', node: process.version }, commit: '', reproducible: true },
}

/** Milliseconds of CPU. */
async function costOf(work) {
  const began = process.cpuUsage()
  const value = await work()
  return { ms: busyMs(began), value }
}

/** The campaign as it is without anybody who wants to know of it, but for the trials, which are kept to be told afterwards. */
async function campaignOf(name) {
  const scenario = await loadScenario(`scenarios/${name}.scenario.ts`)
  const hands = localHands([scenario])
  const trials = []
  const record = await runCampaign({
    scenario: { name: scenario.name, file: `${name}.scenario.ts`, breaks: [] },
    ...{ hands: [hands], seed: '1', preset: 'stormy', trials: storms, now: () => 0 },
    onTrial: (trial) => trials.push(trial),
  })
  return { record, trials, hands }
}

/** Everything that a run writes and prints when all reporters are asked for at once. */
function tell(record, trials, histories) {
  const files = openRecordFolder(folder, manifest)
  let bytes = 0
  for (const trial of trials) {
    files.trial(trial)
    bytes += trialLine(trial).length
  }
  for (const [finding, events] of histories) files.history(finding, events)
  files.end(record)
  for (const { print, file, summary } of Object.values(reporters)) {
    if (print) bytes += print(record, options).length
    if (summary) bytes += summary(record, 900 * 1024).length
    if (file)
      files.file(
        file.name,
        file.text(record, (finding) => readHistory(files.path, finding)),
      )
  }
  return bytes
}

const recordOf = (scenarios) => ({
  ...{ schemaVersion: 1, campaign: 'bench', seed: '1', preset: 'stormy', trials: storms, result: 'fail', exitCode: 1 },
  ...{ gates: [{ name: 'findings', result: 'fail', detail: 'as found' }], scenarios },
  environment: { stormproof: '0', node: process.version, platform: 'x', commit: '', startedAt: '', wallMs: 0 },
})

const played = await costOf(async () => {
  const all = []
  for (const name of names) all.push(await campaignOf(name))
  return all
})
const findings = played.value.flatMap(({ record, hands }) => record.findings.map((finding) => ({ finding, hands })))
const histories = []
for (const { finding, hands } of findings) {
  const source = { kind: 'replay', decisions: finding.decisions }
  const bytes = await hands.bytes(finding.scenario, { origin: 'replay', index: 0, source })
  histories.push([finding, maskedEvents(bytes)])
}
const record = recordOf(played.value.map((one) => one.record))
const trials = played.value.flatMap((one) => one.trials)

// Once, as a run does it: nothing is compiled before.
const told = await costOf(() => tell(record, trials, histories))
const share = told.ms / played.ms
show({
  what: `record and all ${Object.keys(reporters).length} reporters to their campaign`,
  value: (share * 100).toFixed(2),
  unit: '%',
  preset: 'stormy',
  compared: `under ${mostShare * 100} %; ${trials.length} trials took ${played.ms.toFixed(0)} ms of CPU, telling them ${told.ms.toFixed(0)}; ${findings.length} findings`,
  holds: share < mostShare,
})

const scenarios = Array.from({ length: 20 }, (_, index) => {
  const { record: one } = played.value[index % names.length]
  const [finding] = findings.length > 0 ? [findings[index % findings.length].finding] : []
  return {
    ...one,
    name: `${one.name}-${index}`,
    storms: 500,
    findings: finding ? [{ ...finding, id: `F${index}` }] : [],
  }
})
const page = await costOf(() => Buffer.byteLength(reporters.html.file.text(recordOf(scenarios))))
show({
  what: 'the page of 10,000 trials and 20 findings',
  value: (page.value / 1_000_000).toFixed(2),
  unit: 'MB',
  compared: `under 2, in under 2 s: ${page.ms.toFixed(0)} ms of CPU; ${scenarios.filter((one) => one.findings.length > 0).length} findings`,
  holds: page.value < pageBytes && page.ms < pageMs && findings.length > 0,
})
rmSync(folder, { recursive: true, force: true })
