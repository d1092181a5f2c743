/** One finding: what broke, its story, what it needs, the line that replays it. */

import { counted, grouped } from '../../src/report/brief.js'
import type { FindingRecord, ScenarioRecord } from '../../src/report/record.js'
import { wilson } from '../../src/report/statistics.js'
import { trialsForFix } from '../../src/report/survival.js'
import { bakedInDetails } from './baked-in.js'
import { element, fragment, type Html } from './element.js'
import { momentDetails } from './moment.js'
import { percent } from './percent.js'
import { storyTable } from './story.js'

export function findingArticle(finding: FindingRecord, scenario: ScenarioRecord): Html {
  const { id, says, violation, story, known } = finding
  const isCase = finding.origin === 'case'
  const name = violation.invariant === says ? 'always' : violation.invariant
  return element(
    'article',
    { id, tabindex: -1 },
    element(
      'header',
      {},
      element('h3', {}, `${id}  ${says}`),
      element('span', { class: `badge ${known ? 'open' : 'fail'}` }, known ? '~ known' : '✗ broken'),
      element('span', { class: 'quiet small' }, `${finding.scenario} · ${name}`),
    ),
    element('p', { class: 'lead' }, story.headline),
    storyTable(story),
    element(
      'dl',
      {},
      field('needs', list(finding.needs.length > 0 ? finding.needs : ['nothing: it happens on a calm day'])),
      !isCase && field('seen', seen(finding, scenario)),
      !isCase && field('shrunk', shrunk(finding)),
      !isCase && field('a fix is believed', fixed(finding, scenario)),
      finding.where.length > 0 &&
        field(
          'where',
          list(
            finding.where.map(({ at, line }) => `${at}  ${line.trim()}`),
            true,
          ),
        ),
      finding.usual !== '' && field('usual way out', finding.usual),
      finding.console.length > 0 && field('console', element('pre', {}, finding.console.join('\n'))),
      field('replay', copyable(`npx stormproof replay ${finding.token}`)),
      !isCase && field('keep', copyable(`npx stormproof keep ${id}`)),
    ),
    finding.bakedIn && element('div', { class: 'moment' }, bakedInDetails(finding.bakedIn)),
    finding.moment && momentDetails(finding.moment),
  )
}

const field = (name: string, value: Html | string): Html => fragment(element('dt', {}, name), element('dd', {}, value))

const list = (texts: readonly string[], mono = false): Html =>
  fragment(texts.map((text) => element('div', { class: mono && 'mono' }, text)))

/** The button shows where there is a script to serve it. */
export const copyable = (text: string): Html =>
  element(
    'div',
    { class: 'copy' },
    element('code', {}, text),
    element('button', { type: 'button', 'data-copy': true, hidden: true }, 'copy'),
  )

const origins: Readonly<Partial<Record<FindingRecord['origin'], string>>> = {
  single: '; first met by one fault alone',
  pair: '; first met by two faults alone',
  kept: '; first met by a kept repro',
  calm: '; first met on the calm day',
}

function seen({ seen: count, origin }: FindingRecord, { storms }: ScenarioRecord): string {
  const { lower, upper } = wilson(count, storms)
  const rate = storms === 0 ? '' : `, ${percent(lower)} to ${percent(upper)} of them (95 %)`
  return `in ${grouped(count)} of ${counted(storms, 'storm')}${rate}${origins[origin] ?? ''}`
}

/** A replay that passes shows that this way is closed; what only chance met needs as many clean storms as it is rare. */
function fixed({ seen: count, known }: FindingRecord, { storms }: ScenarioRecord): string {
  const replay = known ? 'when its replay passes and it is taken out of `breaks`' : 'when its replay passes'
  if (count === 0 || storms === 0) return replay
  return `${replay}, and ${counted(trialsForFix(count / storms), 'fresh storm')} in a row break nothing (95 %)`
}

function shrunk({ shrink, decisions, replays }: FindingRecord): string {
  if (shrink.runs === 0) return 'not made smaller: its process had to be ended'
  const events = `${grouped(shrink.eventsBefore)} events → ${grouped(shrink.eventsAfter)}`
  const again =
    replays > 0 ? `the same bytes in ${counted(replays, 'replay')}` : 'not reproducible: see `npx stormproof doctor`'
  return `${decisions.length} of the ${counted(shrink.decisionsBefore, 'decision')} drawn, ${events}, ${counted(shrink.runs, 're-run')}; ${again}`
}
