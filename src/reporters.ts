/** `stormproof/reporters`: the reporters that come with stormproof, and the type of one's own. */

export { type ConsoleOptions, consoleReport } from '../reporters/console.js'
export { ndjsonReport } from '../reporters/ndjson.js'
export type { CampaignRecord, FindingRecord, ScenarioRecord, TrialRecord } from './report/record.js'
export type { Campaign, Finding, Reporter, ReporterFiles } from './report/reporter.js'
