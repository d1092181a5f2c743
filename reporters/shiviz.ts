/** A log with vector clocks, for ShiViz: which event could know of which. Its default expression reads it. */

import type { AnyEvent, EventOf } from '../src/core/event.js'
import { briefCall } from '../src/report/brief.js'
import { shownText, shownValue } from '../src/report/trace/shown-value.js'
import type { Traced } from './traced.js'

/** What ShiViz takes an entry by, and the delimiter between trials (its field "multiple executions"). */
export const shivizExpression = '(?<event>.*)\\n(?<host>\\S*) (?<clock>{.*})'
export const shivizDelimiter = '^=== (?<trace>.*) ===$'

export const shivizReport = (trials: readonly Traced[]): string =>
  trials.map((trial) => `=== ${shownText(`${trial.name} ${trial.scenario}`)} ===\n${logOf(trial.events)}`).join('\n')

/** Somebody does something; `to` is who learns of it at once, and what that is to them. */
interface Moment {
  readonly at: string
  readonly text: string
  readonly to?: readonly [at: string, text: string]
}

function logOf(events: readonly AnyEvent[]): string {
  const clocks = new Map<string, Map<string, number>>()
  const lines: string[] = []
  const tick = (event: AnyEvent, at: string, text: string, from?: string): void => {
    const clock = clocks.get(at) ?? new Map<string, number>()
    clocks.set(at, clock)
    for (const [host, time] of from === undefined ? [] : (clocks.get(from) ?? []))
      clock.set(host, Math.max(time, clock.get(host) ?? 0))
    clock.set(at, (clock.get(at) ?? 0) + 1)
    const own = [...clock].sort(([one], [other]) => (one < other ? -1 : 1))
    // It begins with a number of its own: no text of others is ever read as a host and its clock.
    lines.push(`e${event.seq} ${(event.vt / 1000).toFixed(1)}s ${shownText(text)}`)
    lines.push(`${at} ${JSON.stringify(Object.fromEntries(own))}`)
  }
  for (const event of events) {
    const moment = momentOf(event)
    if (!moment) continue
    tick(event, moment.at, moment.text)
    if (moment.to) tick(event, moment.to[0], moment.to[1], moment.at)
  }
  return lines.map((line) => `${line}\n`).join('')
}

const momentOf = (event: AnyEvent): Moment | undefined =>
  (moments[event.type] as ((event: AnyEvent) => Moment | undefined) | undefined)?.(event)

const local = (text: string): Moment => ({ at: 'agent', text })

const moments: { [K in AnyEvent['type']]?: (event: EventOf<K>) => Moment | undefined } = {
  'run-start': ({ agent }) => local(`run of ${agent} begins`),
  'run-end': ({ status, reason }) => local(`run ends ${status} ${reason}`),
  'prompt-received': ({ turn }) => ({
    ...local(`asks the model, turn ${turn}`),
    to: ['model', `prompt of turn ${turn}`],
  }),
  'model-answered': ({ turn, calls, text, status }) => {
    const said = calls.map((call) => briefCall(call.tool, call.arguments)).join(', ') || text
    const answer = status >= 400 ? `status ${status}` : said
    return { at: 'model', text: `answers turn ${turn}: ${answer}`, to: ['agent', `gets the answer of turn ${turn}`] }
  },
  'request-arrived': ({ backend, operation, input }) => ({
    ...local(`requests ${operation}(${shownValue(input)})`),
    to: [hostOf(backend), `${operation} arrives`],
  }),
  'effect-applied': ({ backend, operation, effect }) => ({
    at: hostOf(backend),
    text: `${operation} takes effect (${effect})`,
  }),
  'request-answered': ({ backend, operation, outcome, text }) => ({
    at: hostOf(backend),
    text: `${operation} answered: ${outcome} ${text}`,
    // An answer that was lost, or came too late, tells the agent nothing.
    ...((outcome === 'ok' || outcome === 'failed') && { to: ['agent', `${operation} is answered: ${outcome}`] }),
  }),
  'tool-returned': ({ tool, outcome, text }) =>
    local(`${tool} ${outcome === 'ok' ? 'returns' : `threw ${text ?? ''}`}`),
  'fault-injected': ({ fault, site }) => ({ at: siteHost(site), text: `fault ${fault}` }),
  crash: ({ epoch }) => local(`crash: life ${epoch} ends`),
  restart: ({ epoch }) => local(`restart: life ${epoch} begins`),
  overlap: ({ epoch }) => local(`life ${epoch} begins beside the one before`),
}

/** A service may be called what we call the agent. */
const hostOf = (backend: string): string => {
  const name = shownText(backend).replace(/[^\w.-]/g, '_') || '_'
  return name === 'agent' || name === 'model' ? `${name}_` : name
}

const siteHost = (site: string): string =>
  site.startsWith('model/') ? 'model' : site.includes('#') ? hostOf(site.slice(0, site.indexOf('.'))) : 'agent'
