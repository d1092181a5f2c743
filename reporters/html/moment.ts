/** Where the agent stood when a promise broke: ledger, prompts and state, each folded until somebody asks. */

import { counted } from '../../src/report/brief.js'
import type { KeptEffect, KeptMessage, KeptMoment, KeptPrompt, KeptStep } from '../../src/report/kept-moment.js'
import { element, fragment, type Html } from './element.js'
import { seconds } from './seconds.js'
import { textTable } from './table.js'

export function momentDetails({ state, steps, ledger, prompts, redacted }: KeptMoment): Html {
  const effects = counted(ledger.lines.length + ledger.hidden, 'effect')
  const all = counted(prompts.lines.length + prompts.hidden, 'prompt')
  return element(
    'div',
    { class: 'moment' },
    folded(
      `Ledger: ${effects} applied by then`,
      ledger.lines.length > 0 && textTable(['time', 'effect', ''], ledger.lines.map(effectRow)),
      left(ledger.hidden, '--print=ledger'),
    ),
    folded(
      `Prompts: ${all} by then, and what each changed`,
      left(prompts.hidden, '--step'),
      prompts.lines.map(promptPart),
    ),
    folded(
      'State: where the agent stood when the promise broke',
      textTable(['what', 'then'], state.lines),
      left(state.hidden, '--print=state'),
    ),
    steps.lines.length > 0 &&
      folded(
        'State from event to event: how it came there',
        left(steps.hidden, '--step'),
        textTable(['time', 'event', 'what', 'before', 'after'], steps.lines.flatMap(stepRows)),
      ),
    redacted > 0 && element('p', { class: 'quiet small' }, `In ${counted(redacted, 'text')} a secret is masked: ***`),
  )
}

const folded = (title: string, ...parts: readonly (Html | false | undefined | readonly Html[])[]): Html =>
  element('details', {}, element('summary', {}, title), ...parts)

const left = (hidden: number, flag: string): Html | undefined =>
  hidden > 0
    ? element(
        'p',
        { class: 'quiet small' },
        `Cut: ${hidden} more before these; a replay with ${flag} prints all of them.`,
      )
    : undefined

/** The event stands once, beside the first thing that it changed. */
const stepRows = ({ seq, vt, event, changes }: KeptStep): readonly (readonly string[])[] =>
  changes.map(([name, before, after], index) => [
    ...(index === 0 ? [seconds(vt), `${seq} ${event}`] : ['', '']),
    name,
    before === '' ? '–' : before,
    after === '' ? '–' : after,
  ])

const effectRow = ({ vt, text, takenBack, witness }: KeptEffect): readonly string[] => [
  seconds(vt),
  text,
  [witness ? '✗ shows the failure' : '', takenBack ? '↩ taken back' : ''].filter((part) => part !== '').join(', '),
]

function promptPart({ turn, attempt, vt, lines, same, hidden }: KeptPrompt): Html {
  const again = attempt > 1 ? `, attempt ${attempt}` : ''
  const unchanged =
    same === 0 ? '' : lines.length === 0 ? ': the same as before' : `: ${counted(same, 'message')} as before, and`
  return fragment(
    element('h4', {}, `Turn ${turn}${again}, at ${seconds(vt)}${unchanged}`),
    lines.length > 0 && element('ol', { class: 'prompt' }, lines.map(messageItem)),
    left(hidden, `--until=${vt / 1000}s --print=prompt`),
  )
}

const marks = { same: ['', ''], new: ['+', 'new: '], gone: ['−', 'gone: '] } as const

/** The mark is for the eye, its words for who listens. */
function messageItem({ change, role, text }: KeptMessage): Html {
  const [mark, words] = marks[change]
  return element(
    'li',
    { class: change },
    element('span', { class: 'mark', 'aria-hidden': 'true' }, mark),
    element('span', { class: 'unseen' }, words),
    element('span', { class: 'quiet' }, role),
    element('span', { class: 'mono' }, text),
  )
}
