/** One finding as one block, however many storms met it. */

import { forTerminal } from '../../src/core/sanitize.js'
import { counted, grouped } from '../../src/report/brief.js'
import type { FindingRecord } from '../../src/report/record.js'
import { cells, clip, pad, wrap } from './columns.js'
import type { Paint } from './paint.js'
import { storyLines } from './story.js'

const label = 9

export interface FindingOptions {
  readonly width: number
  readonly verbose: boolean
  /** Fresh storms of the finding's scenario. */
  readonly storms: number
}

export function findingBlock(finding: FindingRecord, options: FindingOptions, paint: Paint): readonly string[] {
  const { width } = options
  const story = storyLines(finding.story, width, paint)
  return [
    title(finding, width, paint),
    ...wrap(finding.story.headline, width - 4).map((line) => `   ${line}`),
    ...(story.length > 0 ? ['', ...story, ''] : []),
    ...field('needs', needs(finding), width),
    ...field('seen', finding.origin === 'case' ? [] : [seen(finding, options.storms)], width),
    ...field(
      'where',
      finding.where.map((place) => `${place.at}  ${place.line.trim()}`),
      width,
      true,
    ),
    ...field('usual', finding.usual === '' ? [] : [finding.usual], width),
    ...consoleLines(finding, options),
    // Never cut and never wrapped: these two lines are there to be copied.
    `   ${pad('replay', label)}npx stormproof replay ${forTerminal(finding.token)}`,
    ...(stoodStill(finding) || finding.origin === 'case'
      ? []
      : [
          `   ${pad('keep', label)}npx stormproof keep ${forTerminal(finding.id)}            (then it runs first, here and in vitest)`,
        ]),
  ]
}

/** A finding that was replayed: how it was cut down and how often it was seen are not known. */
export type Retold = Pick<
  FindingRecord,
  'scenario' | 'says' | 'usual' | 'violation' | 'needs' | 'story' | 'where' | 'console'
>

export function retoldBlock(retold: Retold, width: number, paint: Paint): readonly string[] {
  const story = storyLines(retold.story, width, paint)
  return [
    title({ ...retold, id: '', known: false }, width, paint),
    ...wrap(retold.story.headline, width - 4).map((line) => `   ${line}`),
    ...(story.length > 0 ? ['', ...story, ''] : []),
    ...field('needs', retold.needs.length > 0 ? retold.needs : ['nothing: it happens on a calm day'], width),
    ...field(
      'where',
      retold.where.map((place) => `${place.at}  ${place.line.trim()}`),
      width,
      true,
    ),
    ...field('usual', retold.usual === '' ? [] : [retold.usual], width),
    ...field('console', retold.console, width, true),
  ]
}

function title(
  finding: Pick<FindingRecord, 'id' | 'scenario' | 'says' | 'known' | 'violation'>,
  width: number,
  paint: Paint,
): string {
  const right = clip(
    `${finding.scenario} · ${finding.violation.invariant === finding.says ? 'always' : finding.violation.invariant}${finding.known ? ' · known' : ''}`,
    Math.floor(width / 2),
  )
  const left = ` ${finding.known ? '~' : '✗'} ${finding.id === '' ? '' : `${finding.id}  `}${finding.says}`
  const text = `${pad(left, Math.max(0, width - cells(right) - 1))} ${right}`
  return paint(finding.known ? 'yellow' : 'red', text)
}

/** A trial that had to be ended from outside: there is no history of it, and nothing to keep. */
const stoodStill = ({ shrink, origin }: FindingRecord): boolean => shrink.runs === 0 && origin !== 'case'

/** What had to go wrong, then how far it was cut down. */
function needs(finding: FindingRecord): readonly string[] {
  const { shrink } = finding
  const what = finding.needs.length > 0 ? finding.needs : ['nothing: it happens on a calm day']
  if (finding.origin === 'case') return what
  if (stoodStill(finding))
    return [...what, 'not made smaller, not reproducible step by step: its process had to be ended']
  const runs = `${grouped(shrink.eventsBefore)} events → ${grouped(shrink.eventsAfter)}, ${grouped(shrink.runs)} re-runs`
  const drawn = `${finding.decisions.length} of the ${grouped(shrink.decisionsBefore)} ${shrink.decisionsBefore === 1 ? 'decision' : 'decisions'} drawn (${runs})`
  const replays =
    finding.replays > 0
      ? ` · same bytes in ${finding.replays} ${finding.replays === 1 ? 'replay' : 'replays'}`
      : ' · not reproducible: see `npx stormproof doctor`'
  return [...what, `${drawn}${replays}`]
}

function seen(finding: FindingRecord, storms: number): string {
  const share = `${grouped(finding.seen)} of ${grouped(storms)} storms`
  if (finding.origin === 'single') return `${share}; first met by one fault alone`
  if (finding.origin === 'pair') return `${share}; first met by two faults alone`
  if (finding.origin === 'kept') return `${share}; first met by a kept repro`
  if (finding.origin === 'calm') return `${share}; first met on the calm day`
  return share
}

function consoleLines(finding: FindingRecord, options: FindingOptions): readonly string[] {
  const shown = options.verbose ? finding.console : finding.console.slice(0, 3)
  const more = finding.console.length - shown.length
  return field('console', more > 0 ? [...shown, `… ${counted(more, 'more line')} with -v`] : shown, options.width, true)
}

/** A named field; `cutOff` keeps each text on one line. */
function field(name: string, texts: readonly string[], width: number, cutOff = false): readonly string[] {
  const room = width - label - 4
  const lines = texts.flatMap((text) => (cutOff ? [clip(text, room)] : wrap(text, room)))
  return lines.map((line, index) => `   ${pad(index === 0 ? name : '', label)}${line}`)
}
