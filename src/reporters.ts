/** `stormproof/reporters`: the reporters that come with stormproof, and the type of one's own. */

export { agentReport } from '../reporters/agent.js'
export { type ConsoleOptions, consoleReport } from '../reporters/console.js'
export { ctrfReport } from '../reporters/ctrf.js'
export { githubReport } from '../reporters/github.js'
export { htmlReport } from '../reporters/html.js'
export { junitReport } from '../reporters/junit.js'
export { type MarkdownOptions, markdownReport } from '../reporters/markdown.js'
export { ndjsonReport } from '../reporters/ndjson.js'
export type { CampaignRecord, FindingRecord, ScenarioRecord, TrialRecord } from './report/record.js'
export type { Campaign, Finding, Reporter, ReporterFiles } from './report/reporter.js'
