/** What the record keeps of the moment at which a promise broke: masked, each text cut, and no more than a page can hold. A replay prints all of it. */

import type { AnyEvent, EventOf } from '../core/event.js'
import { mask } from '../core/mask.js'
import type { Message } from '../core/message.js'
import type { Violation } from '../core/verdict.js'
import { cut } from './brief.js'
import { diffContexts } from './context-diff.js'
import { momentAt, statesOf } from './moment.js'
import { spokenIn, stateWords } from './moment-words.js'
import { small } from './small.js'

/** The last of a list, in their order; `hidden` of them were before, and were left out. */
export interface Last<T> {
  readonly lines: readonly T[]
  readonly hidden: number
}

export interface KeptEffect {
  /** Virtual milliseconds since the trial began. */
  readonly vt: number
  /** `shop.refund {"orderId":"A-7"}`. */
  readonly text: string
  /** A later effect took it back, before the promise broke. */
  readonly takenBack: boolean
  /** It is among what shows that the promise broke. */
  readonly witness: boolean
}

export interface KeptMessage {
  /** Against the prompt before it: `gone` stood there and does not stand here. */
  readonly change: 'same' | 'new' | 'gone'
  readonly role: Message['role']
  readonly text: string
}

export interface KeptPrompt extends Last<KeptMessage> {
  readonly turn: number
  readonly attempt: number
  readonly vt: number
  /** Messages that stood in the prompt before as well and are not told again. */
  readonly same: number
}

export interface KeptStep {
  readonly seq: number
  readonly vt: number
  /** The type of the event. */
  readonly event: string
  /** Empty where there was nothing, or is nothing any more. */
  readonly changes: readonly (readonly [name: string, before: string, after: string])[]
}

export interface KeptMoment {
  /** What there is to say of it, by name: `in doubt`, `t2.c0 refundOrder`. */
  readonly state: Last<readonly [name: string, text: string]>
  /** How it came there: the last events that changed the state, each with what it changed. */
  readonly steps: Last<KeptStep>
  /** The effects of all services, by their time. */
  readonly ledger: Last<KeptEffect>
  /** The last prompts, the oldest first: what each changed in the one before, and the last one whole. */
  readonly prompts: Last<KeptPrompt>
  /** Texts in which a secret was masked. */
  readonly redacted: number
}

/** In UTF-16 units; as JSON a text has at most six times as many bytes. */
const longestText = 600
/** Of longer texts nobody looks at the rest; secrets become shorter, so more is looked at than is shown. */
const longestLooked = longestText * 4
const mostPrompts = 4
/** Before and after stand beside each other; the state at the end is told whole. */
const longestChange = 120
/** A step takes 60 bytes of the room at least. */
const mostSteps = 50

/** Bytes of JSON. With all that is around them they stay under 32 kB for a finding. */
const most = { state: 3_800, steps: 2_400, ledger: 5_000, change: 3_600, prompt: 9_000 }

/** Pure. `secrets`: those that are known beside what names and shapes give away. */
export function keepMoment(
  events: readonly AnyEvent[],
  violation: Pick<Violation, 'seq' | 'witness'>,
  secrets: readonly string[] = [],
): KeptMoment {
  const pen = penOf(secrets)
  const until = Math.max(violation.seq, ...violation.witness)
  const past = events.filter(({ seq }) => seq <= until)
  const state = stateWords(momentAt(past, until).state).map(([name, text]) => [name, pen.text(text)] as const)
  const kept = {
    state: within(state, most.state),
    steps: within(stepsOf(past, pen), most.steps),
    ledger: within(ledgerOf(past, new Set([...violation.witness, violation.seq]), pen), most.ledger),
    prompts: promptsOf(past, pen),
  }
  return { ...kept, redacted: pen.redacted() }
}

/** Writes masked texts, and counts those that had something to hide. */
interface Pen {
  text(text: string): string
  value(value: unknown): string
  redacted(): number
}

function penOf(secrets: readonly string[]): Pen {
  let redacted = 0
  const shown = (plain: unknown, textOf: (value: unknown) => string): string => {
    const [before, after] = [textOf(plain), textOf(mask(plain, secrets))]
    if (before !== after) redacted++
    return cut(after, longestText)
  }
  return {
    text: (text) => shown(cut(text, longestLooked), String),
    value: (value) => shown(small(value, longestLooked), (one) => JSON.stringify(one) ?? ''),
    redacted: () => redacted,
  }
}

function stepsOf(past: readonly AnyEvent[], pen: Pen): readonly KeptStep[] {
  const steps: { readonly step: KeptStep; readonly changes: KeptStep['changes'] }[] = []
  let before: ReadonlyMap<string, string> = new Map()
  for (const [event, state] of statesOf(past)) {
    const after = new Map(stateWords(state))
    const names = [...new Set([...before.keys(), ...after.keys()])]
    const changes = names
      .filter((name) => before.get(name) !== after.get(name))
      .map((name) => [name, before.get(name) ?? '', after.get(name) ?? ''] as const)
    const { seq, vt, type } = event
    if (changes.length > 0) steps.push({ step: { seq, vt, event: type, changes: [] }, changes })
    before = after
  }
  // Only what may be kept is masked: a long history has thousands of them.
  return steps.map(({ step, changes }, at) =>
    at < steps.length - mostSteps
      ? step
      : {
          ...step,
          changes: changes.map(
            ([name, was, is]) => [name, cut(pen.text(was), longestChange), cut(pen.text(is), longestChange)] as const,
          ),
        },
  )
}

/** As many of the last as fit into so many bytes of JSON. */
function within<T>(items: readonly T[], bytes: number): Last<T> {
  const encoder = new TextEncoder()
  let left = bytes
  let first = items.length
  while (first > 0) {
    left -= encoder.encode(JSON.stringify(items[first - 1])).length + 1
    if (left < 0) break
    first--
  }
  return { lines: items.slice(first), hidden: first }
}

function ledgerOf(past: readonly AnyEvent[], witness: ReadonlySet<number>, pen: Pen): readonly KeptEffect[] {
  const takenBack = new Set(
    past.flatMap((event) => {
      if (event.type === 'effect-compensated') return [event.effect]
      return event.type === 'effect-applied' && event.compensates !== undefined ? [event.compensates] : []
    }),
  )
  return past
    .filter((event) => event.type === 'effect-applied')
    .map(({ seq, vt, backend, operation, input, effect }) => ({
      vt,
      text: cut(`${pen.text(`${backend}.${operation}`)} ${pen.value(input)}`, longestText),
      takenBack: takenBack.has(effect),
      witness: witness.has(seq),
    }))
}

function promptsOf(past: readonly AnyEvent[], pen: Pen): Last<KeptPrompt> {
  const all = past.filter((event) => event.type === 'prompt-received')
  const hidden = Math.max(0, all.length - mostPrompts)
  const lines = all
    .slice(hidden)
    .map((prompt, at, { length }) => promptOf(prompt, all[hidden + at - 1], at === length - 1, pen))
  return { lines, hidden }
}

function promptOf(
  { turn, attempt, vt, messages }: EventOf<'prompt-received'>,
  before: EventOf<'prompt-received'> | undefined,
  whole: boolean,
  pen: Pen,
): KeptPrompt {
  const changes = diffContexts(before?.messages ?? [], messages)
  const fresh = new Set(changes.map(({ second }) => second))
  const gone = changes.flatMap(({ first }) => (first ? spoken(first, 'gone', pen) : []))
  const here = whole ? messages : messages.filter((message) => fresh.has(message))
  const stands = here.flatMap((message) => spoken(message, fresh.has(message) ? 'new' : 'same', pen))
  return {
    ...{ turn, attempt, vt },
    same: messages.length - here.length,
    ...within([...gone, ...stands], whole ? most.prompt : most.change),
  }
}

const spoken = (message: Message, change: KeptMessage['change'], pen: Pen): readonly KeptMessage[] =>
  spokenIn(message).map((text) => ({ change, role: message.role, text: pen.text(text) }))
