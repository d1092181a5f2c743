/** One model call: written ahead, bounded in time, and recorded together with the batch or the retry it leads to. */

import type { LogEvent } from '../core/event.js'
import type { Message } from '../core/message.js'
import { isModelError, type ModelAnswer, type ModelRequest, type Usage } from '../core/model.js'
import { failed, final, type Outcome, unknown } from '../core/outcome.js'
import { mendable, prepare, promptOf } from './context/prepare.js'
import type { Action } from './decide.js'
import { answerBound, charging, reservation } from './limits/spending.js'
import { openBatch } from './open-batch.js'
import { offering, specsOnOffer } from './registry.js'
import { type Run, retrying, waitOut } from './run.js'
import { type Held, timed } from './timed.js'
import type { Ending } from './validity.js'

type Asked = Omit<Extract<Action, { kind: 'call-model' }>, 'kind'>

export async function askModel(run: Run, asked: Asked): Promise<void> {
  const { turn, attempt } = asked
  const { state, journal } = run
  await waitOut(run, state.model.wait)
  if (state.cancelled) return
  const prompt = state.context && (await prepare(run, turn, attempt))
  if (prompt?.isExhausted) return journal.append(prompt.events)
  let hasStarted = false
  await journal.append(() => {
    hasStarted = !state.cancelled
    const offered = attempt === 1 ? offering(run, turn) : []
    const reserved = reservation(run, turn, attempt)
    const before = [...(prompt?.events ?? []), ...offered, ...reserved]
    return hasStarted ? [...before, { type: 'model-call-start', turn, attempt }] : []
  })
  if (!hasStarted) return
  const ear = earOf(run.onPartial)
  const ending = await answerOf(run, asked, ear)
  const outcome = ear.close(judged(run, ending))
  const answer = ending.kind === 'returned' ? (ending.value as ModelAnswer) : undefined
  await journal.append(() => ended(run, asked, outcome, answer))
}

/** Rendered into the prompt of the last turn, which offers no tools; never stored. */
const lastNote: Message = {
  role: 'user',
  text: 'This was the last step: no tools are left. Answer now with what you have, and say what is missing.',
}

/** Nobody has been told of tools in a run of one turn: it is asked as it stands. */
const askForAnswer = (messages: readonly Message[]): readonly Message[] =>
  messages.at(-1)?.role === 'tool' ? [...messages, lastNote] : messages

/** Nothing is asked once the run's time is up. */
function answerOf(run: Run, { turn, attempt, offersTools }: Asked, ear: Ear): Promise<Ending> {
  const { agent, ports, state } = run
  const delayMs = Math.min(agent.modelTimeoutMs, state.deadline - run.clock.now())
  if (state.cancelled) return Promise.resolve({ kind: 'cancelled' })
  if (delayMs <= 0) return Promise.resolve({ kind: 'not-started' })
  const messages = offersTools ? promptOf(run) : askForAnswer(promptOf(run))
  const tools = offersTools ? specsOnOffer(run) : []
  return timed(run, {
    what: `llm turn=${turn} attempt=${attempt}`,
    delayMs,
    isCancellable: true,
    start: (held) =>
      ports.model.answer(withSignal({ messages, tools, turn, attempt, ...ear.request, ...answerBound(agent) }, held)),
  })
}

/** A model call that died with its process: it counts as an attempt, and is tried again. */
export function endInterrupted(run: Run): readonly LogEvent[] {
  const { turn, attempts, phase } = run.state.model
  if (phase !== 'running') return []
  const text = 'the process stopped before the answer came'
  const outcome = unknown({ class: 'connection-lost', text, retryable: true })
  return ended(run, { turn, attempt: attempts, offersTools: true }, outcome)
}

function judged(run: Run, ending: Ending): Outcome<ModelAnswer> {
  if (ending.kind === 'returned') return run.parts.judgeAnswer(ending.value as ModelAnswer)
  if (ending.kind === 'cancelled') return failed(final('cancelled', 'the run was cancelled before the answer came'))
  if (ending.kind === 'timed-out' || ending.kind === 'not-started') {
    return failed({ class: 'timeout', text: 'the model did not answer in time', retryable: true })
  }
  if (ending.kind === 'threw' && isModelError(ending.error)) return failed(mendable(run, ending.error.detail))
  return failed(final('permanent', 'the model failed without saying why'))
}

const noUsage: Usage = { inputTokens: 0, outputTokens: 0 }

/** The end of a call, what it is charged, and what comes of it: all durable together. */
function ended(run: Run, asked: Asked, outcome: Outcome<ModelAnswer>, answer?: ModelAnswer): readonly LogEvent[] {
  const charged = charging(run, outcome, answer?.usage)
  return [modelCallEnd(asked, outcome, answer), ...charged, ...followUp(run, asked, outcome)]
}

/** An answer that cannot be used leaves its usage and its stop reason, and no text and no call. */
function modelCallEnd({ turn, attempt }: Asked, outcome: Outcome<ModelAnswer>, answer?: ModelAnswer): LogEvent {
  const isOk = outcome.kind === 'ok'
  return {
    type: 'model-call-end',
    turn,
    attempt,
    outcome: outcome.kind,
    ...(isOk ? {} : { error: outcome.error }),
    text: isOk ? outcome.value.text : '',
    calls: isOk ? outcome.value.calls : [],
    ...(answer ? { stop: answer.stop } : {}),
    usage: answer?.usage ?? noUsage,
  }
}

/** Calls of a turn that offered no tools are not opened: nothing of them runs. */
function followUp(run: Run, asked: Asked, outcome: Outcome<ModelAnswer>): readonly LogEvent[] {
  const { turn, attempt, offersTools } = asked
  if (outcome.kind === 'ok') {
    return outcome.value.calls.length > 0 && offersTools ? openBatch(run, turn, outcome.value.calls) : []
  }
  const again = retrying(run, `t${turn}`, attempt, outcome.error)
  return again ? [again()] : []
}

type Ear = ReturnType<typeof earOf>

/** An observer that throws is not the run's concern. */
function earOf(observer: ModelRequest['onPartial']) {
  let isOpen = true
  let hasHeard = false
  const onPartial = (text: string): void => {
    if (!isOpen) return
    hasHeard = true
    try {
      observer?.(text)
    } catch {
      // The next partial is offered all the same.
    }
  }
  return {
    /** What the request carries of it. */
    request: observer ? { onPartial } : {},
    /** The answer ended: nothing is heard any more, and a failure after something was heard is final. */
    close: (outcome: Outcome<ModelAnswer>): Outcome<ModelAnswer> => {
      isOpen = false
      if (outcome.kind === 'ok' || !hasHeard) return outcome
      return { kind: outcome.kind, error: { ...outcome.error, retryable: false } }
    },
  }
}

const holder = Symbol('holder')

/** One getter for all: V8 gives objects with getters of their own a shape of their own. */
const onDemand: PropertyDescriptor = {
  enumerable: true,
  get(this: { [holder]: Held }): AbortSignal {
    return this[holder].signal
  },
}

/** The same object, with `signal` as one field more. */
export function withSignal<T extends object>(fields: T, held: Held): T & Held {
  Object.defineProperty(fields, holder, { value: held })
  return Object.defineProperty(fields, 'signal', onDemand) as T & Held
}
