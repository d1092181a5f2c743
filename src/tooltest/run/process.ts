/** The process that calls the tool: one call after the other or side by side, again after a crash, until all have settled. */

import { scopes } from '../../box/scopes.js'
import { copy, isJson, sameCanonical } from '../../core/json.js'
import { isAlive, laneScope, type Scope } from '../../kernel/scope.js'
import type { World } from '../../kernel/world.js'
import type { Case, PlannedCall } from './case.js'
import type { CallHistory, CallOutcome } from './case-history.js'
import { errorFacts } from './error-facts.js'

/** How long a crashed process takes to come back. */
const restartMs = 1_000
/** So long it waits for a call before it goes on without it. */
export const patienceMs = 600_000

/** How a call is made. */
export interface Work {
  /** The tool's time limit, if it has one. */
  readonly timeoutMs: number | undefined
  readonly carryOut: (planned: PlannedCall, name: string, signal: AbortSignal) => unknown
}

interface Live {
  readonly planned: PlannedCall
  readonly given: unknown
  startMs: number
  endMs: number | undefined
  outcome: CallOutcome
  mutatedInput: boolean
  /** Nobody waits for it any more. */
  isLeft: boolean
}

export class CallingProcess {
  readonly #world: World
  readonly #planned: readonly PlannedCall[]
  readonly #work: Work
  readonly #live: Live[] = []

  constructor(world: World, { calls }: Case, work: Work) {
    this.#world = world
    this.#planned = calls
    this.#work = work
  }

  scope(): Scope {
    return laneScope(this.#world, 'run')
  }

  /** Kills it, and starts it again a little later: it goes on with the calls that are left. */
  crash(): void {
    const dying = this.#live.filter(isOpen)
    if (dying.length === 0) return
    this.#world.nextIncarnation()
    for (const call of dying) this.#settle(call, { kind: 'died' }, undefined)
    this.#world.timer(restartMs, () => this.goOn())
  }

  get calls(): readonly CallHistory[] {
    return this.#live.map(({ given: _, isLeft: __, ...call }) => call)
  }

  /** The next call, and those beside it, once nobody waits any more. */
  goOn(): void {
    if (this.#live.some(isOpen)) return
    const first = this.#live.length
    const left = this.#planned.slice(first)
    if (left.length === 0) return this.#world.rootSettled()
    const end = left.findIndex(({ beside }, at) => at > 0 && !beside)
    for (const planned of end < 0 ? left : left.slice(0, end)) this.#live.push(this.#liveCall(planned))
    for (let index = first; index < first + (end < 0 ? left.length : end); index++) this.#begin(index)
  }

  #liveCall(planned: PlannedCall): Live {
    return {
      planned,
      given: copy(planned.input),
      startMs: this.#world.now,
      endMs: undefined,
      outcome: { kind: 'waiting' },
      mutatedInput: false,
      isLeft: false,
    }
  }

  #begin(index: number): void {
    const call = this.#live[index] as Live
    const { planned, given } = call
    const name = `c${index}`
    const abort = new AbortController()
    const scope: Scope = { ...this.scope(), lane: `${name}/a1`, call: name, attempt: 1 }
    this.#setTimers(call, scope, abort)
    scopes.run(scope, () => {
      const work = (): unknown => this.#work.carryOut({ ...planned, input: given }, name, abort.signal)
      const settled = (outcome: CallOutcome): void => {
        if (isAlive(scope)) this.#settle(call, outcome, this.#world.now)
      }
      new Promise((resolve) => resolve(work())).then(
        (value) => settled({ kind: 'returned', value }),
        (error: unknown) => settled({ kind: 'threw', error: errorFacts(error) }),
      )
    })
  }

  #setTimers(call: Live, scope: Scope, abort: AbortController): void {
    const { timeoutMs } = this.#work
    const { abortAtMs } = call.planned
    const stop = (): void =>
      scopes.run(scope, () => {
        if (isAlive(scope) && isOpen(call)) abort.abort()
      })
    const later = (afterMs: number, then: () => void): void => {
      this.#world.timer(afterMs, () => {
        if (isOpen(call) && isAlive(scope)) then()
      })
    }
    if (abortAtMs === 0) stop()
    else if (abortAtMs !== undefined) later(abortAtMs, stop)
    if (timeoutMs !== undefined)
      later(timeoutMs, () => {
        stop()
        this.#settle(call, { kind: 'given-up' }, this.#world.now)
      })
    later(patienceMs, () => {
      call.isLeft = true
      this.goOn()
    })
  }

  #settle(call: Live, outcome: CallOutcome, endMs: number | undefined): void {
    if (!isOpen(call)) return
    call.outcome = outcome
    call.endMs = endMs
    if (isJson(call.planned.input)) call.mutatedInput = !sameCanonical(call.given, call.planned.input)
    if (outcome.kind !== 'died') this.goOn()
  }
}

const isOpen = (call: Live): boolean => call.outcome.kind === 'waiting' && !call.isLeft
