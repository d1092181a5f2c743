/** Watches a history grow: each event goes to the checks that name it, by one table lookup. */

import { isBeside } from '../core/beside.js'
import type { AnyEvent, EventType } from '../core/event.js'
import type { Facts } from '../core/history.js'
import type { InvariantVerdict, Violation } from '../core/verdict.js'
import type { Check } from './invariant.js'
import { brokenOf, impartial, type Judge, type Judgement, reasonOf } from './judgement.js'

/** A verdict with what a suite needs to sort it: tested, concerned but never arose, not concerned. */
export interface CheckVerdict extends InvariantVerdict {
  /** False when this agent, in this history, lacked the port, tool or feature the promise is about. */
  readonly concerned: boolean
  /** Why the verdict is `unknown`. */
  readonly reason?: string
}

/** One trial under watch. */
export interface Watch {
  feed(event: AnyEvent): void
  /** The world has come to rest, or (`truncated`) its budget has ended. Call it once, after the last event. */
  rest(truncated: boolean): void
  /** First violation per check; those of one event stand in registry order. */
  readonly violations: readonly Violation[]
  /** One verdict per check but relations, in registry order. */
  verdicts(): CheckVerdict[]
}

/** Runs what it is given, or throws where that does not come to an end. */
export type Limit = <T>(run: () => T) => T

/** A set of checks, compiled once for many trials. */
export interface Watcher {
  /** `limit`: for the checks of users. */
  begin(facts: Facts, limit?: Limit): Watch
}

type Handle = (state: unknown, event: AnyEvent, judge: Judge) => Judgement
interface Entry {
  readonly index: number
  readonly handle: Handle
}
interface Plan {
  readonly checks: readonly Check[]
  readonly concerned: readonly boolean[]
  readonly table: Readonly<Partial<Record<EventType, readonly Entry[]>>>
}

/** Compiles checks into a dispatch table. Relations are left out: comparing two runs judges them. */
export function watcher(checks: readonly Check[]): Watcher {
  const watched = checks.filter((check) => !check.relation)
  let facts: Facts | undefined
  let plan: Plan | undefined
  return {
    begin(now, limit) {
      if (plan === undefined || facts !== now) plan = compile(watched, now)
      facts = now
      return new TrialWatch(plan, now, limit)
    },
  }
}

function compile(checks: readonly Check[], facts: Facts): Plan {
  const table: Partial<Record<EventType, Entry[]>> = Object.create(null)
  const concerned = checks.map((check) => check.concerns(facts))
  for (const [index, check] of checks.entries()) {
    if (!concerned[index]) continue
    for (const type of Object.keys(check.on) as EventType[]) {
      const handle = check.on[type] as Handle | undefined
      if (!handle) continue
      table[type] ??= []
      table[type].push({ index, handle })
    }
  }
  return { checks, concerned, table }
}

/** How those are named that the author of a scenario made. */
const always = 'always'
const ofAuthor = [always]

class TrialWatch implements Watch {
  readonly violations: Violation[] = []
  readonly #plan: Plan
  readonly #limit: Limit | undefined
  readonly #states: unknown[]
  readonly #arose: number[]
  /** Checks that hear no more: broken, failed or not concerned. */
  readonly #done: boolean[]
  readonly #broken = new Map<number, Violation>()
  readonly #reasons = new Map<number, string>()
  #truncated = true
  #seq = 0

  constructor(plan: Plan, facts: Facts, limit: Limit | undefined) {
    this.#plan = plan
    this.#limit = limit
    this.#arose = plan.checks.map(() => 0)
    this.#done = plan.concerned.map((concerned) => !concerned)
    this.#states = plan.checks.map((check, index) =>
      plan.concerned[index] ? this.#begin(check, index, facts) : undefined,
    )
  }

  feed(event: AnyEvent): void {
    this.#seq = event.seq
    // What befalls another session excuses nothing here, and is nobody's fault.
    if (isBeside(event.lane)) return
    if (event.type === 'fault-injected' && event.waives)
      this.#waive(event.waives, `under ${event.fault} no agent can keep it`)
    if (event.type === 'model-strayed')
      this.#waive(ofAuthor, `the model strayed: what it did from then on nobody meant`)
    const entries = this.#plan.table[event.type]
    if (entries === undefined) return
    for (let i = 0; i < entries.length; i++) {
      const { index, handle } = entries[i]!
      if (this.#done[index]) continue
      try {
        const judgement = this.#limit
          ? this.#handleLimited(index, handle, event)
          : handle(this.#states[index], event, impartial)
        if (judgement !== impartial.skip) this.#note(index, judgement)
      } catch (thrown) {
        this.#fail(index, thrown)
      }
    }
  }

  rest(truncated: boolean): void {
    this.#truncated = truncated
    for (const [index, check] of this.#plan.checks.entries()) {
      if (this.#done[index] || !check.atRest) continue
      try {
        const judgement = this.#limited(index, () =>
          (check.atRest as NonNullable<Check['atRest']>)(this.#states[index], impartial, truncated),
        )
        if (judgement !== impartial.skip) this.#note(index, judgement)
      } catch (thrown) {
        this.#fail(index, thrown)
      }
    }
  }

  verdicts(): CheckVerdict[] {
    return this.#plan.checks.map((check, index) => {
      const violation = this.#broken.get(index)
      const arose = this.#arose[index]!
      const concerned = this.#concerned(check, index)
      if (violation) return { invariant: check.name, verdict: 'invalid', arose, concerned: true, violation }
      const reason = this.#reasons.get(index) ?? this.#unrested(check, index)
      if (reason !== undefined) return { invariant: check.name, verdict: 'unknown', arose, concerned, reason }
      return { invariant: check.name, verdict: 'valid', arose, concerned }
    })
  }

  #begin(check: Check, index: number, facts: Facts): unknown {
    try {
      return check.start(facts)
    } catch (thrown) {
      this.#fail(index, thrown)
      return undefined
    }
  }

  /** Apart from the loop over events: a function made there would cost it a context a round. */
  #handleLimited(index: number, handle: Handle, event: AnyEvent): Judgement {
    return this.#limited(index, () => handle(this.#states[index], event, impartial))
  }

  #limited(index: number, judge: () => Judgement): Judgement {
    const { authored, situation } = this.#plan.checks[index] as Check
    return this.#limit && (authored || situation) ? this.#limit(judge) : judge()
  }

  #note(index: number, judgement: Judgement): void {
    if (judgement === impartial.held) {
      this.#arose[index]!++
      return
    }
    const reason = reasonOf(judgement)
    if (reason !== undefined) return this.#leave(index, reason)
    const broken = brokenOf(judgement)
    if (!broken) throw new TypeError('a handler answered neither skip, held nor broken')
    this.#arose[index]!++
    const violation: Violation = {
      invariant: this.#plan.checks[index]!.name,
      clause: broken.clause ?? 'a',
      because: broken.because,
      witness: broken.witness ? [...new Set(broken.witness)].sort((a, b) => a - b) : [this.#seq],
      seq: this.#seq,
      ...(broken.tool === undefined ? {} : { tool: broken.tool }),
    }
    this.#done[index] = true
    this.#broken.set(index, violation)
    this.violations.push(violation)
  }

  #fail(index: number, thrown: unknown): void {
    const what = thrown instanceof Error ? thrown.message : String(thrown)
    this.#leave(index, `the check threw at event ${this.#seq}: ${what}`)
  }

  /** Without a verdict. */
  #leave(index: number, reason: string): void {
    this.#done[index] = true
    this.#reasons.set(index, reason)
  }

  /** What is broken already stays so: the fault came after. */
  #waive(promises: readonly string[], because: string): void {
    for (const [index, { name, authored }] of this.#plan.checks.entries()) {
      if (this.#done[index] || !promises.includes(authored ? always : name)) continue
      this.#leave(index, because)
    }
  }

  #concerned(check: Check, index: number): boolean {
    if (!this.#plan.concerned[index] || this.#reasons.has(index)) return this.#plan.concerned[index]!
    return check.met ? check.met(this.#states[index]) : true
  }

  #unrested(check: Check, index: number): string | undefined {
    if (check.kind !== 'liveness' || !this.#truncated || !this.#plan.concerned[index]) return undefined
    return 'the trial ended by a budget before the world came to rest'
  }
}
