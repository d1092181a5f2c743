/** The first screen: what happened in one sentence, the result and the gate that decided it, and how sure one may be. */

import { counted, grouped } from '../../src/report/brief.js'
import { type CampaignRecord, type FindingRecord, type Gate, isOfTools } from '../../src/report/record.js'
import { resultLine } from '../console/summary.js'
import { brokenWords, keptWords } from '../kept-words.js'
import { element, type Html } from './element.js'
import { tiles } from './tiles.js'

const results = {
  pass: ['pass', '✓ PASS'],
  fail: ['fail', '✗ FAIL'],
  inconclusive: ['open', '? INCONCLUSIVE'],
  'scenario-error': ['fail', '✗ SCENARIO ERROR'],
  nondeterministic: ['fail', '✗ NOT REPEATABLE'],
  interrupted: ['open', '? INTERRUPTED'],
} as const

export function resultHeader(record: CampaignRecord): Html {
  const [kind, words] = results[record.result]
  const { stormproof, node, platform, commit, startedAt, wallMs } = record.environment
  const findings = findingsOf(record)
  return element(
    'header',
    {},
    element('p', { class: 'lead' }, element('span', { class: `badge ${kind}` }, words), ` ${decidedBy(record)}`),
    element('h1', {}, sentence(record, findings)),
    element(
      'p',
      { class: 'quiet small' },
      [
        `stormproof ${stormproof}`,
        `seed ${record.seed}`,
        `faults ${record.preset}`,
        commit === '' ? '' : `commit ${commit.slice(0, 10)}`,
        `node ${node}`,
        platform,
        `${startedAt}, ${grouped(Math.round(wallMs / 100) / 10)} s`,
      ]
        .filter((part) => part !== '')
        .join(' · '),
    ),
    !isOfTools(record) && tiles(record),
  )
}

const findingsOf = ({ scenarios }: CampaignRecord): readonly FindingRecord[] =>
  scenarios.flatMap(({ findings }) => findings)

/** About effects where something broke; about the bound where nothing did. */
function sentence(record: CampaignRecord, findings: readonly FindingRecord[]): string {
  if (isOfTools(record)) return `${resultLine(record)}. ${findings[0]?.story.headline ?? ''}`.trim()
  const open = findings.filter(({ known }) => !known)
  if (open[0]) return `${brokenWords(record, open.length)}. ${open[0].story.headline}`
  if (record.result === 'nondeterministic')
    return 'Two runs of the same code differed: nothing below can be trusted until they agree.'
  if (record.result === 'scenario-error')
    return 'This is about a scenario, not about the agent: without any fault it must reach its goal.'
  const kept = keptWords(record)
  if (kept === undefined) return 'Not every scenario had a storm: nothing is known of those.'
  const known = findings.length === 0 ? '' : ` but ${counted(findings.length, 'known break')}`
  return `Every promise was kept${known} in ${kept.replaceAll('`', '')}.`
}

function decidedBy({ gates, result }: CampaignRecord): string {
  const decisive: Gate | undefined = gates.find((gate) => gate.result === (result === 'fail' ? 'fail' : 'inconclusive'))
  return decisive && result !== 'pass' ? `gate ${decisive.name}: ${decisive.detail}` : ''
}
