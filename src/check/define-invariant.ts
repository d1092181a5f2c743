/** Promises of users: a fold over what really happened, whose every handler must answer skip, held or broken; or what must come after what. */

import type { Backends, OpsOf, Writes } from '../core/backend.js'
import { StormproofError } from '../core/error.js'
import type { EventOf } from '../core/event.js'
import { nearest } from '../core/nearest.js'
import { type HeardByName, type HeardEffect, heard, heardEffect, heardTypes, isHeard } from './heard-event.js'
import type { Check, Handlers } from './invariant.js'
import type { Judge as FullJudge, Judgement } from './judgement.js'
import type { LedgerShape } from './ledger-fold.js'
import { type After, judgedAfter } from './obligations.js'
import { judgedByModel, type ReferenceModel } from './reference-model.js'
import type { Formula, Temporal } from './temporal.js'

/** The three answers of a handler. */
export interface Judge {
  readonly skip: Judgement
  readonly held: Judgement
  broken(because: string): Judgement
}

type UnionToIntersection<U> = (U extends any ? (u: U) => void : never) extends (i: infer I) => void ? I : never
type EffectMap<B extends Backends> = UnionToIntersection<
  {
    [K in keyof B & string]: {
      [W in keyof Writes<OpsOf<B[K]>> & string as `${K}.${W}`]: HeardEffect<OpsOf<B[K]>[W]['input']>
    }
  }[keyof B & string]
>
type Observable<B extends Backends> = HeardByName & ([keyof B] extends [never] ? {} : EffectMap<B>)

type OperationOf<B extends Backends> = {
  [K in keyof B & string]: {
    [W in keyof OpsOf<B[K]> & string]: { readonly name: `${K}.${W}`; readonly input: OpsOf<B[K]>[W]['input'] }
  }[keyof OpsOf<B[K]> & string]
}[keyof B & string]

/** A promise of a user. `~needs` keeps a scenario that lacks its backends from compiling. */
export interface Invariant<in B extends Backends = {}> {
  readonly name: string
  readonly '~needs'?: (backends: B) => void
}

/** The definition behind an `Invariant`, read by `toCheck` alone. */
interface Defined extends Invariant<any> {
  readonly '~definition': {
    readonly says: string
    readonly backends: readonly string[]
    readonly start: (() => unknown) | undefined
    readonly on: Readonly<Record<string, ((state: any, event: any, judge: FullJudge) => Judgement) | undefined>>
    readonly after: After | undefined
    readonly model: ReferenceModel<any, any> | undefined
    readonly atRest: ((state: any, judge: FullJudge) => Judgement) | undefined
  }
}

/** Makes a value and runs nothing: a scenario, or the configuration, watches it. It has `start` and `on`, or `after`, or `model`: a `scenario` error tells of any other. */
export function defineInvariant<S, B extends Backends = {}>(invariant: {
  name: string
  says: string
  /** The backends it watches; a scenario that lacks them does not compile. */
  backends?: B
  /** The state of a trial, before anything happened. */
  start?: () => S
  on?: { [K in keyof Observable<B>]?: (state: S, event: Observable<B>[K], judge: Judge) => Judgement }
  /**
   * What must come after an event: `after: { 'shop.refund': (_, { within, eventually, happens }) => within(60_000, eventually(happens('mail.send'))) }`.
   * It is about what follows, not about the event itself. Undefined: nothing must.
   */
  after?: {
    [K in keyof Observable<B>]?: (
      event: Observable<B>[K],
      words: Temporal<Observable<B>>,
    ) => Formula<Observable<B>> | undefined
  }
  /**
   * What its backends are meant to do, as a pure function: `step` says what an operation makes of the state, and what it answers. Every answer
   * to a read is compared with it; calls that were under way at once may have come in any order.
   */
  model?: ReferenceModel<S, OperationOf<B>>
  /** Judged when the storm is over and the world has come to rest. */
  atRest?: (state: S, judge: Judge) => Judgement
}): Invariant<B> {
  requireOneWay(invariant)
  const defined: Defined = {
    name: invariant.name,
    '~definition': {
      says: invariant.says,
      backends: Object.keys(invariant.backends ?? {}),
      start: invariant.start,
      on: (invariant.on ?? {}) as Defined['~definition']['on'],
      after: invariant.after as After | undefined,
      model: invariant.model,
      atRest: invariant.atRest,
    },
  }
  return defined
}

function requireOneWay({ name, start, on, after, atRest, model, backends }: Readonly<Record<string, unknown>>): void {
  const ways = [start !== undefined && on !== undefined, after !== undefined, model !== undefined].filter(Boolean)
  const isMixed = (after ?? model) !== undefined && (start ?? on ?? atRest) !== undefined
  if (ways.length !== 1 || isMixed)
    throw new StormproofError(
      'scenario',
      `the invariant ${name} must have \`start\` and \`on\`, or \`after\` alone, or \`model\` alone`,
      { remedy: 'two ways to judge are two invariants' },
    )
  if (model !== undefined && Object.keys(backends ?? {}).length === 0)
    throw new StormproofError('scenario', `the invariant ${name} has a model of no backend`, {
      remedy: 'say of which: backends: { shop }',
    })
}

/**
 * The check behind an invariant, for a scenario with these backends and their writes. Throws a `scenario` error when the invariant
 * watches a backend the scenario lacks, or listens to what nobody emits.
 */
export function toCheck(invariant: Invariant<any>, shape: readonly LedgerShape[]): Check {
  const definition = (invariant as Partial<Defined>)['~definition']
  if (!definition) {
    throw new StormproofError(
      'scenario',
      `an invariant made by defineInvariant was expected, but ${JSON.stringify(invariant)} came`,
      {
        remedy: 'wrap it: defineInvariant({ name, says, start, on })',
      },
    )
  }
  const missing = definition.backends.find((key) => !shape.some(({ backend }) => backend === key))
  if (missing !== undefined) {
    throw new StormproofError(
      'scenario',
      `the invariant ${invariant.name} watches the backend ${missing}, which the scenario lacks`,
      {
        remedy: `add it under that key: backends: { ${missing} }`,
      },
    )
  }
  const { on, after, atRest, model, backends } = definition
  refuseUnknown(invariant.name, Object.keys(after ?? on), shape)
  return {
    name: invariant.name,
    says: definition.says,
    kind: atRest ? 'liveness' : 'safety',
    clauses: { a: definition.says },
    usual: 'see the promise: it is one of this project',
    mutant: '',
    authored: true,
    concerns: () => true,
    ...(model ? judgedByModel(model, backends) : after ? judgedAfter(after) : judgedBy(definition)),
  }
}

function judgedBy({ start, on, atRest }: Defined['~definition']): Pick<Check, 'start' | 'on' | 'atRest'> {
  return {
    start: start as () => unknown,
    on: handlersOf(on),
    // Truncated, the world did not come to rest: nothing to judge.
    ...(atRest && { atRest: (state, judge, truncated) => (truncated ? judge.skip : atRest(state, judge)) }),
  }
}

function handlersOf(on: Defined['~definition']['on']): Handlers<any> {
  const handlers: Record<string, unknown> = {}
  for (const type of heardTypes) {
    const handle = on[type]
    if (handle)
      handlers[type] = (state: unknown, event: EventOf<typeof type>, judge: FullJudge) =>
        handle(state, heard(event), judge)
  }
  if (!Object.keys(on).some((key) => key.includes('.'))) return handlers as Handlers<any>
  const handleAny = on['effect-applied']
  handlers['effect-applied'] = (state: any, event: EventOf<'effect-applied'>, judge: FullJudge): Judgement => {
    const handle = on[`${event.backend}.${event.operation}`]
    if (!handle) return handleAny ? handleAny(state, heard(event), judge) : judge.skip
    return handle(state, heardEffect(event), judge)
  }
  return handlers as Handlers<any>
}

function refuseUnknown(name: string, keys: readonly string[], shape: readonly LedgerShape[]): void {
  const effects = shape.flatMap(({ backend, operations }) => operations.map((operation) => `${backend}.${operation}`))
  const unknown = keys.find((key) => !isHeard(key) && !effects.includes(key))
  if (unknown === undefined) return
  const [near] = nearest(unknown, [...effects, ...heardTypes])
  throw new StormproofError(
    'scenario',
    `the invariant ${name} listens to ${unknown}, which nobody emits${near ? `; did you mean ${near}?` : ''}`,
    {
      remedy: `name ${effects.length === 0 ? '' : `an effect of a write (${effects.join(', ')}) or `}one of ${heardTypes.join(', ')}`,
    },
  )
}
