/** What a log says for people, line by line: what each call took and gave, without its secrets. */

import type { Intent, LogEvent, LogEvents } from './event.js'
import { canonical, type Json } from './json.js'
import { isSecretName } from './mask.js'
import { forTerminal } from './sanitize.js'
import type { LogLevel, LogLine } from './sink.js'

/** As `mask` does. */
type Mask = (value: unknown, secrets: readonly string[]) => unknown

/** A line as far as the log tells it. */
export type Told = Pick<LogLine, 'level' | 'text' | 'at' | 'call' | 'result'>

const shownLength = 120

/** What the lines to come must know of the events so far. */
interface Memory {
  readonly mask: Mask
  /** Values that stood in secret fields: wherever they come again they are masked. */
  readonly secrets: Set<string>
  readonly intents: Map<string, Intent>
  /** When an operation began, by its path. */
  readonly began: Map<string, number>
  /** Tools whose arguments were refused in the last batch. */
  refused: readonly string[]
  turns: number
  tokensIn: number
  tokensOut: number
  calls: number
  errors: number
}

export interface Narrator {
  /** The lines of the next event of a log. */
  tell(event: LogEvent): readonly Told[]
  /** Without the secrets given and those met so far. */
  mask(value: unknown): unknown
}

export function narrator(mask: Mask, secrets: readonly string[]): Narrator {
  const memory: Memory = {
    ...{ mask, secrets: new Set(secrets), intents: new Map(), began: new Map(), refused: [] },
    ...{ turns: 0, tokensIn: 0, tokensOut: 0, calls: 0, errors: 0 },
  }
  return {
    mask: (value) => mask(value, [...memory.secrets]),
    tell: (event) => {
      const teller = tellers[event.type] as Teller | undefined
      const at = event.at ?? 0
      const line = teller?.(memory, event, at)
      if (!line) return []
      const [level, text, shown] = line
      return [
        {
          level,
          text: forTerminal(masked(memory, text)),
          at,
          ...('call' in event ? { call: event.call } : {}),
          ...shown,
        },
      ]
    },
  }
}

type Teller = (memory: Memory, event: LogEvent, at: number) => Line | undefined
type Line = readonly [LogLevel, text: string, shown?: { readonly result: string }]

const tellers: { [K in keyof LogEvents]?: (memory: Memory, event: LogEvents[K], at: number) => Line | undefined } = {
  'run-start': (_memory, { session, agent }) => ['info', `session=${session} agent=${agent} started`],
  'run-resume': (_memory, { epoch }) => ['warning', `resumed epoch=${epoch}`],
  'model-call-start': (memory, { turn, attempt }, at) => {
    memory.turns = turn
    memory.began.set(`t${turn}/a${attempt}`, at)
    return undefined
  },
  'model-call-end': (memory, { turn, attempt, outcome, usage, stop, error }, at) => {
    memory.tokensIn += usage.inputTokens
    memory.tokensOut += usage.outputTokens
    const tokens = `tokens_in=${usage.inputTokens} tokens_out=${usage.outputTokens}`
    const ending = error ? `error=${error.text}` : `stop=${stop ?? 'other'}`
    const text = `llm turn=${turn} attempt=${attempt} ${tokens} ${ending} ${lasted(memory, `t${turn}/a${attempt}`, at)}`
    return [outcome === 'ok' ? 'info' : 'warning', text]
  },
  'batch-open': (memory, { calls }, at) => {
    for (const intent of calls) {
      memory.intents.set(intent.call, intent)
      memory.began.set(intent.call, at)
      learn(memory, intent.args)
    }
    const isCorrected = calls.some(({ tool }) => memory.refused.includes(tool))
    memory.refused = []
    return isCorrected ? ['info', 'LLM detected validation error. Retrying with corrected arguments...'] : undefined
  },
  'call-rejected': (memory, { call, tool, error }, at) => {
    memory.calls++
    memory.errors++
    if (error.class === 'invalid-args') memory.refused = [...memory.refused, tool]
    const text = error.class === 'invalid-args' ? `Invalid arguments for "${tool}": ${error.text}` : error.text
    return ['warning', `${callText(memory, call, tool)} result=${quoted(memory, text)} ${lasted(memory, call, at)}`]
  },
  'attempt-start': (memory, { call, attempt }, at) => {
    memory.began.set(`${call}/a${attempt}`, at)
    return undefined
  },
  'attempt-end': (memory, { call, tool, attempt, outcome, value }, at) => {
    learn(memory, value)
    return ['debug', `tool=${tool} attempt=${attempt} outcome=${outcome} ${lasted(memory, `${call}/a${attempt}`, at)}`]
  },
  'call-settled': (memory, { call, tool, outcome, value = null, error }, at) => {
    memory.calls++
    if (outcome !== 'ok') memory.errors++
    const duration = lasted(memory, call, at)
    if (outcome !== 'ok')
      return ['error', `${callText(memory, call, tool)} error=${error?.text ?? outcome} ${duration}`]
    const shown = memory.mask(value, [...memory.secrets])
    const result = (typeof shown === 'string' ? shown : canonical(shown)).slice(0, shownLength)
    return ['info', `${callText(memory, call, tool)} result=${quoted(memory, result)} ${duration}`, { result }]
  },
  'late-result': (_memory, { tool, attempt, outcome, dropped }) => [
    'warning',
    `tool=${tool} attempt=${attempt} late outcome=${outcome}${dropped === undefined ? '' : ` values_dropped=${dropped}`}`,
  ],
  'retry-scheduled': (_memory, { attempt, delayMs, error }) => [
    'warning',
    `Attempt ${attempt} failed (${error.text}) - retrying in ${(delayMs / 1_000).toFixed(1)}s`,
  ],
  'breaker-moved': (_memory, { key, from, to, failures }) => [
    'warning',
    `breaker=${key} ${from} -> ${to} failures=${failures}`,
  ],
  'approval-refused': (_memory, { approval, by, decision, because }) => [
    'warning',
    `decision=${decision} approval=${approval} by=${by} counts for nothing: ${because}`,
  ],
  'saga-abort': (_memory, { cause, steps }) => ['warning', `saga aborted cause=${cause} steps=${steps.length}`],
  'compensation-end': (_memory, { tool, attempt, outcome, error }) => [
    outcome === 'ok' ? 'info' : 'error',
    `compensation tool=${tool} attempt=${attempt} outcome=${outcome}${error ? ` error=${error.text}` : ''}`,
  ],
  'run-end': ({ turns, tokensIn, tokensOut, calls, errors }, { status, reason }) => [
    status === 'completed' ? 'info' : 'error',
    `status=${status} reason=${reason} total_turns=${turns} tokens_in=${tokensIn} tokens_out=${tokensOut} tool_calls=${calls} tool_errors=${errors}`,
  ],
}

const callText = (memory: Memory, call: string, tool: string): string => {
  const { args, proposed } = memory.intents.get(call) ?? {}
  return `tool=${tool} args=${canonical(memory.mask(args ?? proposed ?? null, [...memory.secrets]))}`
}

const lasted = ({ began }: Memory, path: string, at: number): string =>
  `duration=${(Math.max(0, at - (began.get(path) ?? at)) / 1_000).toFixed(3)}s`

/** Masked before it is cut: half a secret is still one. */
const quoted = (memory: Memory, text: string): string => `'${masked(memory, text).slice(0, shownLength)}'`

const masked = (memory: Memory, text: string): string => String(memory.mask(text, [...memory.secrets]))

function learn(memory: Memory, value: Json | undefined): void {
  if (typeof value !== 'object' || value === null) return
  for (const [name, field] of Object.entries(value)) {
    if (typeof field === 'string' && field.length >= 4 && !Array.isArray(value) && isSecretName(name))
      memory.secrets.add(field)
    else learn(memory, field)
  }
}
