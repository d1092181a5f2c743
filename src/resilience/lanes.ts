/** A queue before a model: sessions under way go before new ones, and nobody waits for ever. */

import type { Clock, Timer } from '../core/clock.js'
import { type Model, ModelError, type ModelRequest } from '../core/model.js'
import { refusal } from '../core/outcome.js'
import { roughTokens } from './budget.js'
import { admitInWindow, type Window } from './window.js'

/** Bounds over all who share the model; an absent one is no bound. */
export interface LanePolicy {
  readonly inFlight?: number
  readonly requestsPerMinute?: number
  /** By the estimated tokens of prompt and answer. A request that is larger is refused at once. */
  readonly tokensPerMinute?: number
  /** A new session that has waited this long, in milliseconds, goes with those under way. Default 30,000. */
  readonly ageMs?: number
}

export interface Waiting {
  readonly lane: 'resuming' | 'new'
  readonly since: number
}

/** Which one goes next: the earliest of the first lane that has any. -1: nobody waits. */
export function nextInLane(waiting: readonly Waiting[], now: number, ageMs: number): number {
  const first = waiting.findIndex((one) => one.lane === 'resuming' || now - one.since >= ageMs)
  return first < 0 && waiting.length > 0 ? 0 : first
}

/** One that has asked its model before is under way. */
const laneOf = ({ turn, attempt }: ModelRequest): Waiting['lane'] => (turn > 1 || attempt > 1 ? 'resuming' : 'new')

/** With room for the answer. */
const estimate = ({ messages, tools, maxOutputTokens = 1_024 }: ModelRequest): number =>
  roughTokens([messages, tools]) + maxOutputTokens

interface Queued extends Waiting {
  readonly name: string
  readonly cost: number
  go(): void
}

/** `observe` hears of each request: when it joins, and when it leaves towards the model or gives up. `next` says who goes next. */
export function laned(
  model: Model,
  policy: LanePolicy,
  clock: Clock,
  observe: (what: 'joined' | 'left' | 'gave-up', name: string, lane: Waiting['lane']) => void = () => {},
  next = nextInLane,
): Model {
  const { inFlight = Infinity, requestsPerMinute = Infinity, tokensPerMinute = Infinity, ageMs = 30_000 } = policy
  const queue: Queued[] = []
  let [busy, count] = [0, 0]
  let requests: Window = []
  let tokens: Window = []
  let timer: Timer | undefined
  const pump = (): void => {
    timer?.cancel()
    timer = undefined
    while (busy < inFlight) {
      const now = clock.now()
      const one = queue[next(queue, now, ageMs)]
      if (!one) return
      const request = admitInWindow(requestsPerMinute, requests, one.name, now)
      const token = admitInWindow(tokensPerMinute, tokens, one.name, now, one.cost)
      if (request.kind === 'refused' || token.kind === 'refused') {
        const waits = [request, token].map((verdict) => (verdict.kind === 'refused' ? (verdict.afterMs ?? 0) : 0))
        timer = clock.after(Math.max(...waits), pump)
        return
      }
      requests = request.window
      tokens = token.window
      queue.splice(queue.indexOf(one), 1)
      busy++
      one.go()
    }
  }
  const turnOf = (request: ModelRequest): Promise<void> =>
    new Promise((resolve, reject) => {
      request.signal.throwIfAborted()
      const cost = estimate(request)
      if (cost > tokensPerMinute || requestsPerMinute < 1 || inFlight < 1) return reject(tooLarge)
      const lane = laneOf(request)
      const name = String(++count)
      const leave = (): void => {
        queue.splice(queue.indexOf(one), 1)
        observe('gave-up', name, lane)
        pump()
        reject(request.signal.reason)
      }
      const go = (): void => {
        request.signal.removeEventListener('abort', leave)
        observe('left', name, lane)
        resolve()
      }
      const one: Queued = { lane, since: clock.now(), name, cost, go }
      request.signal.addEventListener('abort', leave)
      observe('joined', name, lane)
      queue.push(one)
      pump()
    })
  const answer: Model['answer'] = async (request) => {
    await turnOf(request)
    try {
      return await model.answer(request)
    } finally {
      busy--
      pump()
    }
  }
  return { ...model, answer }
}

const tooLarge = new ModelError(refusal('the request is larger than the limit'))
