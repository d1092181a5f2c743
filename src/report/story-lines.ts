/** Events as lines of a story, each with a weight: how much it says about the violation. */

import type { AnyEvent, EventOf } from '../core/event.js'
import { brief, briefCall, cut } from './brief.js'
import { faultWords, siteName } from './describe.js'
import type { StoryLine } from './story.js'
import { type Focus, operationOf } from './story-focus.js'
import { witnessWords } from './witness-words.js'

interface WeighedLine {
  readonly line: StoryLine
  readonly weight: number
}

/** What lines need to know of the whole history. */
interface Telling {
  readonly events: readonly AnyEvent[]
  readonly focus: Focus
  /** One backend: its name stands over the lane and is not repeated. */
  readonly single: boolean
  readonly effects: ReadonlyMap<string, readonly EventOf<'effect-applied'>[]>
  readonly faults: ReadonlyMap<string, readonly EventOf<'fault-injected'>[]>
  readonly crashSites: ReadonlySet<string>
  /** Effects of each name met so far, filled while lines are made. */
  readonly met: Map<string, number>
  readonly toldIds: Set<string>
  readonly shownEffects: Set<number>
  readonly shownFaults: Set<string>
}

const none = { model: '', tools: '', backend: '', flow: 'none', mark: 'plain' } as const
const weights = { witness: 9, crash: 8, fault: 7, effect: 6, call: 5, told: 4, run: 3, read: 2 } as const

/** All lines that matter, in order of time. */
export function linesOf(events: readonly AnyEvent[], focus: Focus): readonly WeighedLine[] {
  const telling = prepare(events, focus)
  return events.flatMap((event) => {
    const lines = lineMakers[event.type]?.(event as never, telling) ?? []
    if (lines.length === 0 && focus.witness.has(event.seq) && !telling.shownEffects.has(event.seq))
      return [weigh(event, weights.witness, { tools: witnessWords(event) })]
    return lines.map((entry) => (focus.witness.has(event.seq) ? { ...entry, weight: weights.witness } : entry))
  })
}

/** Everything that has words, whatever it is about. */
export const everyLine = (events: readonly AnyEvent[]): readonly StoryLine[] =>
  linesOf(events, {
    ...{ witness: new Set(), tools: new Set(), operations: new Set(), calls: new Set() },
    everything: true,
  }).map(({ line }) => line)

function prepare(events: readonly AnyEvent[], focus: Focus): Telling {
  const effects = new Map<string, EventOf<'effect-applied'>[]>()
  const faults = new Map<string, EventOf<'fault-injected'>[]>()
  const backends = new Set<string>()
  const crashSites = new Set<string>()
  for (const event of events) {
    if ('backend' in event) backends.add(event.backend)
    if (event.type === 'effect-applied') effects.set(event.site, [...(effects.get(event.site) ?? []), event])
    if (event.type !== 'fault-injected') continue
    const site = siteOf(event.site)
    faults.set(site, [...(faults.get(site) ?? []), event])
    if (event.fault.startsWith('process/crash')) crashSites.add(site)
  }
  return {
    events,
    focus,
    single: backends.size < 2,
    effects,
    faults,
    crashSites,
    met: new Map(),
    toldIds: new Set(),
    shownEffects: new Set(),
    shownFaults: new Set(),
  }
}

type Maker<K extends AnyEvent['type']> = (event: EventOf<K>, telling: Telling) => readonly WeighedLine[]

const lineMakers: { readonly [K in AnyEvent['type']]?: Maker<K> } = {
  'model-answered': (event, telling) => {
    const calls = event.calls.filter((call) => telling.focus.everything || telling.focus.tools.has(call.tool))
    if (event.status >= 400)
      return telling.focus.everything || telling.focus.witness.has(event.seq)
        ? [weigh(event, weights.fault, { model: `⚡ answered ${event.status}`, mark: 'fault' })]
        : []
    if (calls.length > 0)
      return calls.map((call) =>
        weigh(event, weights.call, {
          model: `${briefCall(call.tool, call.arguments)}${event.complete ? '' : ' … cut'}`,
        }),
      )
    return event.text === '' ? [] : [weigh(event, weights.run, { model: `says “${cut(event.text, 60)}”` })]
  },
  'prompt-received': (event, telling) => {
    const fresh = event.messages
      .flatMap((message) => (message.role === 'tool' ? message.results : []))
      .filter((result) => !telling.toldIds.has(result.id))
    for (const result of fresh) telling.toldIds.add(result.id)
    const lines = fresh
      .filter((result) => telling.focus.everything || telling.focus.tools.has(result.tool))
      .map((result) =>
        weigh(event, result.outcome === 'ok' ? weights.read : weights.told, {
          model: `◀ ${result.outcome === 'ok' ? '' : `${result.outcome === 'unknown' ? 'unknown' : 'error'}: `}${cut(result.content, 70)}`,
        }),
      )
    if (event.refused !== undefined)
      return [...lines, weigh(event, weights.fault, { model: `✗ refused: ${cut(event.refused, 60)}` })]
    return lines
  },
  'request-arrived': requestLines,
  'effect-applied': (event, telling) => {
    if (telling.shownEffects.has(event.seq)) return []
    if (!concerns(event, telling.focus)) return []
    return [
      weigh(event, weights.effect, {
        tools: '',
        backend: effectWords(event, telling),
        mark: effectMark(event, telling),
      }),
    ]
  },
  'effect-compensated': (event, telling) =>
    concerns(event, telling.focus)
      ? [
          weigh(event, weights.effect, {
            backend: `effect ${event.effect} taken back by ${operationText(event, telling)}`,
            mark: 'applied',
          }),
        ]
      : [],
  'request-answered': (event, telling) => {
    const operation = operationOf(event)
    if (!telling.focus.everything && !telling.focus.operations.has(operation)) return []
    if (event.outcome === 'ok') return []
    const faults = (telling.faults.get(siteOf(event.site)) ?? []).filter(
      (fault) => !telling.shownFaults.has(faultKey(fault)),
    )
    for (const fault of faults) telling.shownFaults.add(faultKey(fault))
    const words = faults[0]
      ? faultWords(faults[0].fault)
      : `${event.outcome}${event.text === '' ? '' : `: ${cut(event.text, 40)}`}`
    return [
      weigh(event, weights.fault, {
        tools: words,
        backend: faults.map((fault) => `${fault.fault} on ${siteName(siteOf(fault.site), telling.events)}`).join(', '),
        flow: 'answer',
        mark: faults.length > 0 ? 'fault' : 'plain',
      }),
    ]
  },
  'tool-returned': (event, telling) => {
    if (!telling.focus.witness.has(event.seq) && !(event.outcome === 'threw' && telling.focus.tools.has(event.tool)))
      return []
    return [
      weigh(event, weights.told, {
        tools:
          event.outcome === 'threw'
            ? `${event.tool} threw${event.text ? `: ${cut(event.text, 50)}` : ''}`
            : `${event.tool} returned ${brief(event.value, 50)}`,
      }),
    ]
  },
  'fault-injected': (event, telling) => faultLines(event, telling),
  crash: (event) => [
    weigh(event, weights.crash, { tools: `☠ crash: all memory of life ${event.epoch} is lost`, mark: 'fault' }),
  ],
  restart: (event) => [weigh(event, weights.crash, { tools: `↻ restart: life ${event.epoch} begins` })],
  overlap: (event) => [
    weigh(event, weights.crash, { tools: `⇉ life ${event.epoch} begins beside the one before`, mark: 'fault' }),
  ],
  'late-result': (event, telling) =>
    touches(event.call, event.tool, telling.focus)
      ? [weigh(event, weights.effect, { tools: `late result of ${event.tool} ${event.call}: ${event.outcome}` })]
      : [],
  'attempt-end': (event, telling) => {
    if (event.outcome === 'ok' || !touches(event.call, event.tool, telling.focus)) return []
    return [
      weigh(event, weights.told, {
        tools: `attempt ${event.attempt} of ${event.tool} ended ${event.outcome}${event.error ? `: ${cut(event.error.text, 40)}` : ''}`,
      }),
    ]
  },
  'compensation-start': (event, telling) =>
    touches(event.call, event.tool, telling.focus)
      ? [weigh(event, weights.effect, { tools: `compensates ${event.tool} ${event.call}, attempt ${event.attempt}` })]
      : [],
  'compensation-end': (event, telling) =>
    touches(event.call, event.tool, telling.focus)
      ? [weigh(event, weights.effect, { tools: `compensation of ${event.tool} ${event.call}: ${event.outcome}` })]
      : [],
  'saga-abort': (event) => [weigh(event, weights.run, { tools: `saga aborts: ${cut(event.cause, 50)}` })],
  'run-end': (event) => [
    weigh(event, weights.run, {
      model: `the run ended ${event.status}${event.reason === '' ? '' : `: ${cut(event.reason, 50)}`}`,
    }),
  ],
  'run-settled': (event, telling) =>
    telling.focus.witness.has(event.seq)
      ? [
          weigh(event, weights.witness, {
            model: `the caller got ${event.status}${event.reason === '' ? '' : `: ${cut(event.reason, 50)}`}`,
          }),
        ]
      : [],
}

/** A request with what it did, told on one line where the effect came at the same moment. */
function requestLines(event: EventOf<'request-arrived'>, telling: Telling): readonly WeighedLine[] {
  if (!concerns(event, telling.focus)) return []
  const effect = telling.effects.get(event.site)?.find((candidate) => isNext(event, candidate, telling.events))
  if (effect) telling.shownEffects.add(effect.seq)
  const isWitness = effect !== undefined && telling.focus.witness.has(effect.seq)
  return [
    weigh(effect ?? event, isWitness ? weights.witness : event.kind === 'write' ? weights.effect : weights.read, {
      tools: `${operationText(event, telling)}(${brief(event.input)})`,
      backend: effect ? effectWords(effect, telling) : '',
      flow: 'request',
      mark: effect ? effectMark(effect, telling) : 'plain',
    }),
  ]
}

/** What somebody notices: an effect that comes after one of these is a moment of its own. */
const noticed: ReadonlySet<string> = new Set([
  'model-answered',
  'prompt-received',
  'tool-returned',
  'request-answered',
  'crash',
  'restart',
  'overlap',
  'run-end',
  'run-settled',
])

/** Nothing that anybody noticed lies between a request and its effect. */
function isNext(request: AnyEvent, effect: AnyEvent, events: readonly AnyEvent[]): boolean {
  if (effect.seq < request.seq) return false
  return !events.some((event) => event.seq > request.seq && event.seq < effect.seq && noticed.has(event.type))
}

/** Faults that no answer tells of: on the model, the store, the clock, and those that crash. */
function faultLines(event: EventOf<'fault-injected'>, telling: Telling): readonly WeighedLine[] {
  if (telling.shownFaults.has(faultKey(event))) return []
  const site = siteOf(event.site)
  const isModel = site.startsWith('model/')
  const operation = site.includes('#') ? site.slice(0, site.indexOf('#')) : undefined
  if (operation !== undefined && !telling.focus.everything && !telling.focus.operations.has(operation)) return []
  const answered = telling.events.some(
    (other) =>
      other.type === 'request-answered' &&
      other.seq > event.seq &&
      siteOf(other.site) === site &&
      other.outcome !== 'ok',
  )
  if (operation !== undefined && answered && !telling.crashSites.has(site)) return []
  telling.shownFaults.add(faultKey(event))
  const words = `⚡ ${faultWords(event.fault)}${event.detail === '' ? '' : ` (${cut(event.detail, 30)})`}`
  const where = operation === undefined ? event.fault : `${event.fault} on ${siteName(site, telling.events)}`
  return [
    weigh(
      event,
      weights.fault,
      isModel ? { model: words, backend: where, mark: 'fault' } : { tools: words, backend: where, mark: 'fault' },
    ),
  ]
}

function effectWords(effect: EventOf<'effect-applied'>, telling: Telling): string {
  const name = `${operationOf(effect)}:${effect.once}`
  const before = telling.met.get(name) ?? 0
  telling.met.set(name, before + 1)
  const what = `${operationText(effect, telling)} ${brief(effect.input)}`.trim()
  if (effect.compensates !== undefined) return `${what}   ✓ takes back effect ${effect.compensates}`
  return before === 0 ? `${what}   ✓ applied` : `${what}   ✗ again`
}

/** Called after `effectWords`, which counts. */
function effectMark(effect: EventOf<'effect-applied'>, telling: Telling): StoryLine['mark'] {
  const again = (telling.met.get(`${operationOf(effect)}:${effect.once}`) ?? 0) > 1
  return again && effect.compensates === undefined ? 'broken' : 'applied'
}

const operationText = (event: { readonly backend: string; readonly operation: string }, telling: Telling): string =>
  telling.single ? event.operation : operationOf(event)

function concerns(
  event: EventOf<'request-arrived'> | EventOf<'effect-applied'> | EventOf<'effect-compensated'>,
  focus: Focus,
): boolean {
  return (
    focus.everything ||
    focus.operations.has(operationOf(event)) ||
    (event.call !== undefined && focus.calls.has(event.call))
  )
}

const touches = (call: string, tool: string, focus: Focus): boolean =>
  focus.everything || focus.calls.has(call) || focus.tools.has(tool)

/** Without its aspect (`@time`) and the ordinal of a second meeting. */
const siteOf = (site: string): string => site.replace(/@[^@]*$/, '').replace(/~\d+$/, '')
const faultKey = (event: EventOf<'fault-injected'>): string => `${event.fault} ${event.site}`

function weigh(event: AnyEvent, weight: number, text: Partial<StoryLine>): WeighedLine {
  return { weight, line: { ...none, ...text, seq: event.seq, vt: event.vt } }
}
