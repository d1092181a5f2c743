/** A small world to run agents in: virtual time, a store, a scripted model and a shop, with a fault at any numbered operation. */

import { z } from 'zod'
import { type Agent, defineAgent } from '../../../src/agent/agent.js'
import { type RunResult, runSession } from '../../../src/agent/run-session.js'
import { type AnyTool, defineTool } from '../../../src/agent/tool.js'
import type { Clock } from '../../../src/core/clock.js'
import { hash32 } from '../../../src/core/digest.js'
import type { LogEvent, LogEvents } from '../../../src/core/event.js'
import type { Message } from '../../../src/core/message.js'
import { type Model, type ModelAnswer, ModelError, type ModelRequest } from '../../../src/core/model.js'
import { type Store, StoreError } from '../../../src/core/store.js'
import type { ToolContext } from '../../../src/core/tool.js'
import { memoryStore } from '../../../src/platform/memory-store.js'

export type OperationFault = 'crash-before' | 'crash-after' | 'lost-before' | 'lost-after'

interface Due {
  at: number
  order: number
  incarnation: number
  then: () => void
}

export class World {
  now = 1_000
  operations = 0
  /** Which numbered operation goes wrong, and how. */
  fault: { at: number; how: OperationFault } | undefined
  readonly prompts: { turn: number; messages: readonly Message[]; tools: number }[] = []
  readonly store: Store = memoryStore(() => this.now)
  readonly effects: { name: string; input: unknown; key: string | undefined }[] = []
  readonly requests: { name: string; key: string; call: string; attempt: number; at: number }[] = []
  #incarnation = 1
  #order = 0
  #agenda: Due[] = []
  readonly #answers = new Map<string, unknown>()

  get timers(): number {
    return this.#agenda.filter((due) => due.incarnation === this.#incarnation).length
  }

  clock(): Clock {
    const incarnation = this.#incarnation
    return {
      now: () => this.now,
      wall: () => this.now,
      after: (delayMs, then) => {
        const due = { at: this.now + delayMs, order: this.#order++, incarnation, then }
        this.#agenda.push(due)
        return { cancel: () => this.#agenda.splice(this.#agenda.indexOf(due) >>> 0, 1) }
      },
    }
  }

  crash(): void {
    this.#incarnation++
    this.fault = undefined
  }

  /** One operation at a port: it may be lost before or after its effect, or its process may die there. */
  async operate<T>(delayMs: number, effect: () => Promise<T> | T, lost: () => Error): Promise<T> {
    const incarnation = this.#incarnation
    const fault = this.fault?.at === ++this.operations ? this.fault.how : undefined
    if (fault === 'crash-before') return this.#die()
    if (fault === 'lost-before') throw lost()
    const value = await effect()
    if (fault === 'crash-after') return this.#die()
    if (fault === 'lost-after') throw lost()
    await this.wait(delayMs)
    if (incarnation !== this.#incarnation) return new Promise(() => {})
    return value
  }

  #die(): Promise<never> {
    this.crash()
    return new Promise(() => {})
  }

  /** World time: it goes on whoever dies. */
  wait(delayMs: number): Promise<void> {
    return new Promise((then) => {
      this.#agenda.push({ at: this.now + delayMs, order: this.#order++, incarnation: 0, then })
    })
  }

  /** A service that honours keys: the same key gets the same answer and no second effect. */
  apply(name: string, input: unknown, key: string | undefined, answer: () => unknown): unknown {
    const known = key === undefined ? undefined : this.#answers.get(`${name} ${key}`)
    if (known !== undefined) return known
    this.effects.push({ name, input, key })
    const value = answer()
    if (key !== undefined) this.#answers.set(`${name} ${key}`, value)
    return value
  }

  storePort(): Store {
    const lost = (): Error => new StoreError('the acknowledgement was lost', 'unknown')
    const { store } = this
    return {
      '~store': true,
      open: (...given) => this.operate(5, () => store.open(...given), lost),
      append: (session, expected, events) => this.operate(5, () => store.append(session, expected, events), lost),
      read: (session) => store.read(session),
      cell: (name) => {
        const { read, write } = store.cell(name)
        return {
          read: () => this.operate(5, read, lost),
          write: (version, value) => this.operate(5, () => write(version, value), lost),
        }
      },
    }
  }

  /** Runs until the promise settles; `dead` when nothing can happen any more. */
  async settle<T>(promise: Promise<T>): Promise<T | 'dead'> {
    let result: { value: T } | { error: unknown } | undefined
    promise.then(
      (value) => {
        result = { value }
      },
      (error: unknown) => {
        result = { error }
      },
    )
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve))
      if (result) break
      if (!this.step()) return 'dead'
    }
    if ('error' in result) throw result.error
    return result.value
  }

  step(): boolean {
    this.#agenda = this.#agenda.filter((due) => due.incarnation === 0 || due.incarnation === this.#incarnation)
    const due = this.#agenda.sort((a, b) => a.at - b.at || a.order - b.order).shift()
    if (!due) return false
    this.now = Math.max(this.now, due.at)
    due.then()
    return true
  }

  async drain(): Promise<void> {
    do await new Promise((resolve) => setImmediate(resolve))
    while (this.step())
  }

  run(agent: Agent<any>, model: Model, session = 's1'): Promise<RunResult | 'dead'> {
    const ports = {
      clock: this.clock(),
      random: { below: (label: string, bound: number) => hash32(label) % bound },
      store: this.storePort(),
      model,
    }
    return this.settle(runSession(agent, { session, prompt: 'go' }, ports))
  }

  async log(session = 's1'): Promise<readonly LogEvent[]> {
    return (await this.store.read(session)).events
  }

  async logged<K extends keyof LogEvents>(type: K): Promise<readonly LogEvents[K][]> {
    const log = await this.log()
    return log.filter((event) => event.type === type) as unknown as readonly LogEvents[K][]
  }

  /** Answers by turn; a function sees the request. The last one is repeated. */
  model(...turns: (ModelAnswer | ((request: ModelRequest) => ModelAnswer))[]): Model {
    return {
      '~model': true,
      answer: (request) =>
        this.operate(
          1_000,
          () => {
            const { turn, messages, tools } = request
            this.prompts.push({ turn, messages, tools: tools.length })
            const answer = turns[Math.min(turn, turns.length) - 1]!
            return typeof answer === 'function' ? answer(request) : answer
          },
          () => new ModelError({ class: 'connection-lost', text: 'the answer was cut off', retryable: true }),
        ),
    }
  }

  /** A write to the shop. */
  tool(
    name: string,
    options: Partial<Pick<AnyTool, 'idempotency' | 'reconcile' | 'timeoutMs'>> & {
      effect?: 'write' | 'irreversible'
      isUndoable?: boolean
      /** Milliseconds the answer takes, or what happens instead of an answer; by attempt. */
      answer?: (attempt: number, input: { id: string }) => number | Error
    } = {},
  ): AnyTool {
    const answer = options.answer ?? (() => 100)
    const keyed = options.idempotency !== 'none'
    const request = async (what: string, input: { id: string }, context: ToolContext): Promise<{ done: string }> => {
      const { key, call, attempt } = context
      this.requests.push({ name: what, key, call, attempt, at: this.now })
      const outcome = what === name ? answer(attempt, input) : 100
      if (outcome instanceof Error && outcome.name === 'ToolFailure') throw outcome
      const lost = (): Error => new Error('connection lost')
      const effect = (): unknown =>
        this.apply(what, input, keyed ? key : undefined, () => ({ done: `${what} ${input.id}` }))
      const value = await this.operate(typeof outcome === 'number' ? outcome : 100, effect, lost)
      if (outcome instanceof Error) throw outcome
      return value as { done: string }
    }
    return defineTool({
      name,
      description: name,
      input: z.object({ id: z.string() }),
      output: z.object({ done: z.string() }),
      idempotency: options.idempotency ?? 'keyed',
      ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
      ...(options.reconcile ? { reconcile: options.reconcile } : {}),
      effect: options.effect ?? 'write',
      execute: (input: { id: string }, context: ToolContext) => request(name, input, context),
      ...(options.isUndoable
        ? { compensate: (input: { id: string }, context: ToolContext) => request(`undo-${name}`, input, context) }
        : {}),
    } as never) as AnyTool
  }
}

export const agentOf = (
  tools: readonly AnyTool[],
  options: { saga?: boolean; limits?: { turns?: number; tokens?: number; timeMs?: number } } = {},
): Agent<any> => defineAgent({ name: 'shop', instructions: 'be good', tools, ...options })

const usage = { inputTokens: 10, outputTokens: 5 }

export const say = (text: string): ModelAnswer => ({ text, calls: [], stop: 'stop', usage })

/** `calls('charge A', 'reserve B')`. */
export const calls = (...proposed: string[]): ModelAnswer => ({
  text: '',
  calls: proposed.map((text, index) => {
    const [tool, id] = text.split(' ')
    return { id: `p${index}`, tool: tool!, arguments: JSON.stringify({ id }) }
  }),
  stop: 'tool-calls',
  usage,
})
