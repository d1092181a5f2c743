/** The reliability report: one page in one file, without network; everything on it can be read without its script. */

import { type CampaignRecord, isOfTools } from '../src/report/record.js'
import { findingCards, type Told } from './html/cards.js'
import { promiseTable, scenarioTable, situationTable } from './html/coverage.js'
import { element, fragment, type Html, raw } from './html/element.js'
import { faultTables } from './html/fault-table.js'
import { findingArticle } from './html/finding.js'
import { gateTable } from './html/gates.js'
import { keyHelp, searchField } from './html/keys.js'
import { policy } from './html/policy.js'
import { reliabilityTable } from './html/reliability.js'
import { resultHeader } from './html/result.js'
import { script } from './html/script.js'
import { sinceSection } from './html/since.js'
import { style } from './html/style.js'
import { survivalChart } from './html/survival-chart.js'
import { toolCard } from './html/tool-card.js'
import { troubles } from './html/troubles.js'
import { untested } from './html/untested.js'

/** Findings whose stories are told; the rest are named. */
const mostStories = 200

/** The whole document, UTF-8. What others wrote is escaped where it stands, and nothing is allowed to load or to run but our own lines. */
export function htmlReport(record: CampaignRecord): string {
  const findings = record.scenarios.flatMap((scenario) => scenario.findings.map((finding) => ({ finding, scenario })))
  const told = findings.slice(0, mostStories)
  const page = element(
    'html',
    { lang: 'en' },
    element(
      'head',
      {},
      element('meta', { charset: 'utf-8' }),
      element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      element('meta', { 'http-equiv': 'content-security-policy', content: policy }),
      element('title', {}, `${record.result}: stormproof, seed ${record.seed}`),
      element('style', {}, raw(style)),
    ),
    element(
      'body',
      {},
      element('a', { class: 'skip', href: '#content' }, 'to the findings'),
      resultHeader(record),
      element(
        'main',
        { id: 'content' },
        isOfTools(record) ? fragment(troubles(record), record.scenarios.map(toolCard)) : firstScreen(record, findings),
        record.since && sinceSection(record.since),
        told.length > 0 && element('h2', { id: 'stories' }, 'What happened'),
        told.length > 1 && searchField(),
        told.map(({ finding, scenario }) => findingArticle(finding, scenario)),
        findings.length > told.length && element('p', {}, `${findings.length - told.length} more are in the record.`),
        !isOfTools(record) && measured(record),
        gateTable(record),
      ),
      element(
        'footer',
        {},
        `${isOfTools(record) ? 'Every verdict is of these cases.' : `Every rate is under the fault distribution ${record.preset} and these scripts.`} Made from record.json; npx stormproof report makes it again.`,
      ),
      keyHelp(),
      element('script', {}, raw(script)),
    ),
  )
  return `<!doctype html>\n${page.html}\n`
}

/** The findings, and beside them what a green result does not cover. */
const firstScreen = (record: CampaignRecord, findings: readonly Told[]): Html =>
  fragment(
    element(
      'div',
      { class: 'beside' },
      element('div', {}, troubles(record), findingCards(findings)),
      element('aside', { 'aria-label': 'not tested' }, untested(record)),
    ),
    faultTables(record.scenarios),
  )

/** What storms measured. */
const measured = (record: CampaignRecord): Html =>
  fragment(
    reliabilityTable(record),
    scenarioTable(record.scenarios),
    survivalChart(record.scenarios),
    promiseTable(record.scenarios),
    situationTable(record.scenarios),
  )
