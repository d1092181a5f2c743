/** What `replay --until`, `--print` and `--step` show: a trial event by event, and where it stood after one of them. */

import { type Paint, painter } from '../../reporters/console/paint.js'
import type { AnyEvent } from '../core/event.js'
import type { Message } from '../core/message.js'
import { forTerminal } from '../core/sanitize.js'
import type { Violation } from '../core/verdict.js'
import type { Hands, Job } from '../explore/hands.js'
import { counted, cut } from '../report/brief.js'
import { type Moment, momentAt } from '../report/moment.js'
import { spokenIn, stateWords } from '../report/moment-words.js'
import { witnessWords } from '../report/witness-words.js'
import { eventAt, type Point } from './point.js'
import type { Terminal } from './terminal.js'

export const viewNames = ['state', 'prompt', 'ledger'] as const
export type View = (typeof viewNames)[number]

export interface Look {
  /** Default: the end of the trial; where it steps, the first event. */
  readonly until: Point | undefined
  readonly views: readonly View[]
  readonly step: boolean
}

/** Events shown before the moment that was asked for. */
const lead = 12

/** Runs the trial once more for its events, shows them where it steps, and answers what is to be shown at the end. */
export async function lookInside(
  hands: Hands,
  scenario: string,
  job: Job,
  broken: readonly Violation[],
  look: Look,
  terminal: Terminal,
): Promise<{ readonly moment: Moment; readonly lines: readonly string[] }> {
  const { events: texts } = await hands.bytes(scenario, job)
  const events = texts.map((text) => JSON.parse(text) as AnyEvent)
  const moment = momentOf(events, look)
  if (!look.step) return { moment, lines: momentLines(events, moment, look, broken, terminal) }
  const last = await stepThrough(events, moment, look, broken, terminal)
  return { moment: last, lines: [] }
}

/** The moment that was asked for. Throws a `usage` error for one before the first event. */
function momentOf(events: readonly AnyEvent[], { until, step }: Look): Moment {
  const unasked = { seq: (step ? events.at(0) : events.at(-1))?.seq ?? 0 }
  return momentAt(events, eventAt(events, until ?? unasked).seq)
}

/** The events up to the moment, the last of them in full words, and what stood then. */
function momentLines(
  events: readonly AnyEvent[],
  moment: Moment,
  { views }: Look,
  broken: readonly Violation[],
  terminal: Terminal,
): readonly string[] {
  const paint = painter(terminal.color)
  const past = events.filter(({ seq }) => seq <= moment.at.seq)
  const left = Math.max(0, past.length - lead)
  return [
    ...(left > 0 ? [paint('dim', ` … ${counted(left, 'event')} before`)] : []),
    ...past.slice(left).flatMap((event) => eventLines(event, broken, terminal.width, paint)),
    ...(views.length === 0 ? (['state'] as const) : views).flatMap((view) => ['', ...viewLines(view, moment)]),
  ]
}

/** One event after another, each when somebody asks for it. Ends with the trial, at a `q`, or where the input ends. */
async function stepThrough(
  events: readonly AnyEvent[],
  { at }: Moment,
  { views }: Look,
  broken: readonly Violation[],
  terminal: Terminal,
): Promise<Moment> {
  const paint = painter(terminal.color)
  const show = (lines: readonly string[]): void => terminal.out(lines.map((line) => `${line}\n`).join(''))
  show([paint('dim', ' Enter: the next event · s: state · p: prompt · l: ledger · q: enough')])
  const asked = terminal.lines?.()[Symbol.asyncIterator]()
  let moment = momentAt(events, at.seq)
  for (const event of events.filter(({ seq }) => seq >= at.seq)) {
    moment = momentAt(events, event.seq)
    show(eventLines(event, broken, terminal.width, paint))
    for (const view of views) show(viewLines(view, moment))
    for (;;) {
      const answer = await asked?.next()
      if (answer === undefined || answer.done || answer.value.trim() === 'q') return moment
      const view = viewNames.find((name) => name[0] === answer.value.trim())
      if (!view) break
      show(viewLines(view, moment))
    }
  }
  return moment
}

function eventLines(event: AnyEvent, broken: readonly Violation[], width: number, paint: Paint): readonly string[] {
  const { seq, vt, lane, type } = event
  const head = ` #${String(seq).padEnd(4)} ${(vt / 1000).toFixed(3).padStart(9)} s  `
  const words = `${lane === '' ? 'world' : lane}  ${witnessWords(event)}`
  const text = cut(forTerminal(type === 'fault-injected' ? `⚡ ${words}` : words), Math.max(20, width - head.length))
  const breaks = broken.filter((violation) => violation.seq === seq)
  return [`${paint('dim', head)}${text}`, ...breaks.map(({ because }) => paint('red', ` ✗ ${forTerminal(because)}`))]
}

const viewLines = (view: View, moment: Moment): readonly string[] => [` ${view}`, ...viewers[view](moment)]

const viewers: Readonly<Record<View, (moment: Moment) => readonly string[]>> = {
  state: ({ state }) => stateWords(state).map(([name, text]) => `   ${name.padEnd(11)} ${forTerminal(text)}`),
  prompt: ({ prompt }) => prompt?.flatMap(messageLines) ?? ['   the model has not been asked'],
  ledger: ({ ledger }) => {
    const lines = Object.entries(ledger).flatMap(([backend, operations]) =>
      Object.entries(operations).flatMap(([operation, effects]) =>
        effects.map(
          ({ input, at, compensated }) =>
            `   ${(at / 1000).toFixed(3).padStart(9)} s  ${forTerminal(`${backend}.${operation} ${JSON.stringify(input)}`)}${compensated ? '  (taken back)' : ''}`,
        ),
      ),
    )
    return lines.length > 0 ? lines : ['   no effect has been applied']
  },
}

const messageLines = (message: Message): readonly string[] =>
  spokenIn(message).map((text) => `   ${message.role.padEnd(9)} ${forTerminal(text)}`)
