/** Tells the sinks of a run what becomes durable, and keeps whatever they do away from it. */

import type { LogEvent } from '../../core/event.js'
import { canonical } from '../../core/json.js'
import { redactPersonal } from '../../core/mask.js'
import type { Message } from '../../core/message.js'
import { narrator, type Told } from '../../core/narration.js'
import { forTerminal } from '../../core/sanitize.js'
import type { LogLine, Sink } from '../../core/sink.js'
import { traceOf, traceparentOf } from '../../core/traceparent.js'
import type { Rules } from '../parts.js'
import type { Ports } from '../run.js'
import type { RunRequest } from '../run-session.js'

export interface Observer {
  /** Takes one durable event; `prompt` is what the model is about to be sent. */
  take(event: LogEvent, prompt: () => readonly Message[]): void
  /** Tells what was thrown at the run, of which the log holds no more than was declared. */
  blame(what: string, error: unknown, call?: string): void
}

const shownLength = 500

/** Undefined without sinks. What an earlier incarnation wrote is known to the lines that follow, and not told again. */
export function observerOf(rules: Rules, ports: Ports, asked: RunRequest, recalled: readonly LogEvent[]) {
  const { agent, parts } = rules
  const { clock, sinks = [], wordsOf } = ports
  const { session, traceparent } = asked
  const all = [...(agent.sinks ?? []), ...sinks]
  if (all.length === 0) return undefined
  const { tell: narrate, mask } = narrator(parts.mask, agent.secrets ?? [])
  for (const event of recalled) narrate(event)
  const trace = traceOf(session, traceparent)
  let failures = 0
  const tell = (sink: Sink, told: Told): void => {
    const wall = clock.wall()
    const expiry = sink.retainMs === undefined ? {} : { expiresAt: wall + sink.retainMs }
    const span = traceparentOf(trace, session, told.call ?? 'run')
    const line: LogLine = { ...told, wall, session, traceparent: span, ...expiry }
    parts.tell(sink, line, () => void failures++)
  }
  const take: Observer['take'] = (event, prompt) => {
    const lines = narrate(event)
    const dropped = event.type === 'run-end' && failures > 0 ? ` sink_failures=${failures}` : ''
    for (const sink of all) {
      for (const line of lines) tell(sink, { ...line, text: line.text + dropped })
      const content = contentFor(sink, event, prompt)
      if (!content) continue
      const text = Object.entries(content).map(([what, value]) => `${what} ${canonical(mask(value))}`)
      const shown = sink.content === 'all' ? text.join() : redactPersonal(text.join())
      tell(sink, { level: 'debug', at: event.at ?? 0, text: shown })
    }
  }
  const blame: Observer['blame'] = (what, error, call) => {
    const words = wordsOf?.(error)
    if (words === undefined) return
    // Masked before it is cut: half a secret is still one.
    const text = `${what} threw ${forTerminal(String(mask(words))).slice(0, shownLength)}`
    const told: Told = { level: 'warning', at: clock.now(), text, ...(call === undefined ? {} : { call }) }
    for (const sink of all) tell(sink, told)
  }
  return { take, blame }
}

/** The prompt of a model call that starts, the answer of one that ended; undefined where the sink is not to see it. */
function contentFor(sink: Sink, event: LogEvent, prompt: () => readonly Message[]): object | undefined {
  if (event.type !== 'model-call-start' && event.type !== 'model-call-end') return undefined
  const isSampled = sink.content === 'sampled' && (event.turn - 1) % (sink.sampleEvery ?? 10) === 0
  if (sink.content !== 'all' && !isSampled) return undefined
  if (event.type === 'model-call-start') return { prompt: prompt() }
  return { answer: { text: event.text, calls: event.calls } }
}
