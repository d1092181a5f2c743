/** Small synthetic agents for the tests of search: real tapes, no runtime. */

import type { AnyEvent } from '../../../src/core/event.js'
import type { Violation } from '../../../src/core/verdict.js'
import type { RunTrial, TrialOptions } from '../../../src/explore/trial-port.js'
import { Fingerprint } from '../../../src/kernel/fingerprint.js'
import type { ChoiceKind } from '../../../src/kernel/source.js'
import { Tape } from '../../../src/kernel/tape.js'
import type { ScenarioProblem } from '../../../src/report/record.js'
import type { TrialResult } from '../../../src/scenario/trial-result.js'

class Stopped extends Error {}

/** What a toy agent may do in its world. */
export class Toy {
  readonly events: AnyEvent[] = []
  readonly violations: Violation[] = []
  readonly problems: ScenarioProblem[] = []
  readonly arose: Record<string, number> = {}
  readonly planned: Record<string, number> = {}
  readonly fingerprint = new Fingerprint()
  readonly tape: Tape
  goal: boolean | undefined = true
  readonly #keepGoing: boolean

  constructor(options: TrialOptions) {
    this.#keepGoing = options.keepGoing ?? false
    this.tape = new Tape(options.source, this.fingerprint, () => this.events.length, options.keepSites ?? false)
  }

  pick(label: string, kind: ChoiceKind, ...alternatives: string[]): string {
    const chosen = alternatives[this.tape.pick(label, kind, alternatives)] as string
    if (chosen.includes('/')) this.planned[chosen] = (this.planned[chosen] ?? 0) + 1
    return chosen
  }

  note(text: string): number {
    const seq = this.events.length
    this.events.push({ seq, vt: seq, lane: 'run', incarnation: 1, type: 'console', stream: 'log', text })
    this.fingerprint.mix(text.length)
    return seq
  }

  held(invariant: string): void {
    this.arose[invariant] = (this.arose[invariant] ?? 0) + 1
  }

  broken(invariant: string, clause = 'a', tool?: string): void {
    this.held(invariant)
    const seq = this.note(`${invariant} is broken`)
    const because = `${invariant} was seen broken`
    this.violations.push({ invariant, clause, because, witness: [seq], seq, ...(tool !== undefined && { tool }) })
    if (!this.#keepGoing) throw new Stopped()
  }

  result(scenario: string): TrialResult {
    const { tape, events, violations, goal, problems, fingerprint, arose, planned } = this
    return {
      scenario,
      ending: violations.length > 0 ? 'stopped' : 'rest',
      status: 'completed',
      reason: 'done',
      goal,
      violations,
      verdicts: Object.keys(arose).map((invariant) => ({
        invariant,
        verdict: violations.some((one) => one.invariant === invariant) ? 'invalid' : 'valid',
        concerned: true,
        arose: arose[invariant] as number,
      })),
      decisions: tape.decisions,
      visited: tape.visited,
      faults: Object.fromEntries(
        Object.entries(planned).map(([name, count]) => [name, { planned: count, injected: count, landed: count }]),
      ),
      problems,
      console: [],
      fingerprint: fingerprint.text,
      events,
      beside: [],
      facts: {
        own: true,
        limits: undefined,
        tools: [],
        retry: undefined,
        intended: {},
        scripted: true,
        backends: ['shop'],
      },
      steps: events.length,
      virtualMs: events.length,
    }
  }
}

/** A `runTrial` over toy agents by scenario name. */
export function toyTrials(agents: Readonly<Record<string, (toy: Toy) => void>>): RunTrial {
  return async ({ name }, options) => {
    const toy = new Toy(options)
    try {
      agents[name]?.(toy)
    } catch (error) {
      if (!(error instanceof Stopped)) throw error
    }
    return toy.result(name)
  }
}

export const outcomes = [
  'ok',
  'tool/error',
  'tool/timeout-before-effect',
  'tool/timeout-after-effect',
  'process/crash-after-effect',
] as const

/**
 * Charges `calls` orders, three attempts each, with a new key every time: an answer that is lost after the effect charges
 * twice. With `keyed` it does not.
 */
export function shopper({ calls = 3, keyed = false }: { calls?: number; keyed?: boolean } = {}): (toy: Toy) => void {
  return (toy) => {
    toy.pick('storm-end', 'storm', '60000', '30000', '15000')
    const cents = toy.tape.below('shop.state/cents', 1000)
    for (let call = 0; call < calls; call++) {
      let effects = 0
      for (let attempt = 1; attempt <= 3; attempt++) {
        const site = `shop.charge#t1.c${call}/a${attempt}`
        const outcome = toy.pick(site, 'outcome', ...outcomes)
        toy.pick(`${site}@time`, 'time', 'nominal', 'x2', 'x8', 'never')
        toy.pick(`${site}@hold`, 'hold', '0', '1', '2', '3')
        if (outcome === 'tool/error') toy.pick(`${site}@status`, 'parameter', '503', '500', '429')
        toy.note(`${site} ${outcome} ${cents}`)
        const applied = outcome === 'ok' || outcome.endsWith('after-effect')
        if (applied && !(keyed && effects > 0)) effects++
        if (effects > 1) toy.broken('at-most-once-effect', 'a', 'charge')
        else if (applied) toy.held('at-most-once-effect')
        toy.pick(`store/attempt-end/t1.c${call}/a${attempt}/try-1`, 'outcome', 'ok', 'store/fail')
        if (outcome === 'ok') break
      }
      if (effects === 0) toy.goal = false
    }
    toy.note('rest')
  }
}

export const shopperLore = {
  invariants: () => [
    { name: 'at-most-once-effect', says: 'An effect happens at most once.', usual: 'pass the key', relation: false },
    { name: 'determinism', says: 'The same seed, the same bytes.', usual: 'use the clock', relation: true },
  ],
  faultsAsked: () => ({ added: [], prescribed: [] }),
  words: () => [],
  sequences: () => ({}),
  sourceLine: () => '',
}
