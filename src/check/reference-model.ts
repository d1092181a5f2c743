/** Judges what backends answer by a pure model of them: for each resource some order of what was under way must explain every answer. */

import type { EventOf } from '../core/event.js'
import { canonical } from '../core/json.js'
import { ownCopy } from '../core/own-copy.js'
import type { Check } from './invariant.js'
import type { Judge, Judgement } from './judgement.js'
import { hasOrder, type Step, type Timed } from './linearize.js'

/** An operation as a model sees it. */
export interface Asked {
  /** `shop.order` */
  readonly name: string
  readonly input: unknown
}

/** What a model makes of an operation. Of the answer only the fields that are given are compared; undefined: it may be anything. */
export interface Modelled<S> {
  readonly state: S
  readonly answer?: unknown
}

export interface ReferenceModel<S, O> {
  /** Of one resource, before anything happened; plain data. */
  readonly initial: S
  /** Pure: what it is given cannot be written to. */
  readonly step: (state: S, operation: O) => Modelled<S>
  /** Operations on different resources do not concern each other. Default: there is one. */
  readonly resource?: (operation: O) => string
}

interface Done extends Asked {
  readonly answer: unknown
  readonly seq: number
  readonly isRead: boolean
}

/** `to` is known when the answer has come. */
type Under = { -readonly [K in keyof Timed<Done>]: Timed<Done>[K] }

interface Resource {
  readonly all: Under[]
  /** In the order in which the backend did them. */
  state: unknown
  /** The first whose answer that order does not explain, and what the model says instead. */
  odd?: { readonly done: Done; readonly said: unknown }
}

interface State {
  readonly arrived: Map<string, number>
  readonly underway: Map<string, Under>
  readonly resources: Map<string, Resource>
  /** Somebody else wrote to a backend: what it holds nobody knows any more. */
  isBlind: boolean
}

export function judgedByModel(
  model: ReferenceModel<any, any>,
  backends: readonly string[],
): Pick<Check<State>, 'start' | 'on' | 'atRest' | 'models'> {
  const initial: unknown = ownCopy(model.initial)
  const step: Step<unknown, Done> = (state, { name, input, answer, isRead }) => {
    const next = model.step(state, { name, input }) as Modelled<unknown>
    return { state: ownCopy(next.state), fits: !isRead || fits(next.answer, answer) }
  }
  const done = (state: State, event: EventOf<'operation-done'>, judge: Judge): Judgement => {
    if (!backends.includes(event.backend) || state.isBlind) return judge.skip
    const asked = { name: `${event.backend}.${event.operation}`, input: ownCopy(event.input) }
    if (!event.isCurrent) {
      state.isBlind = event.kind === 'write'
      return judge.skip
    }
    const operation: Done = { ...asked, answer: event.answer, seq: event.seq, isRead: event.kind === 'read' }
    const name = model.resource?.(asked) ?? ''
    const resource: Resource = state.resources.get(name) ?? { all: [], state: initial }
    state.resources.set(name, resource)
    const under = { operation, from: state.arrived.get(event.site) ?? event.seq, to: Number.POSITIVE_INFINITY }
    resource.all.push(under)
    state.underway.set(event.site, under)
    const next = step(resource.state, operation)
    resource.state = next.state
    if (!next.fits) resource.odd ??= { done: operation, said: saidOf(model, resource, step) }
    return operation.isRead ? judge.held : judge.skip
  }
  return {
    models: backends,
    start: () => ({ arrived: new Map(), underway: new Map(), resources: new Map(), isBlind: false }),
    on: {
      'request-arrived': ({ arrived }, { site, seq }, { skip }) => {
        arrived.set(site, seq)
        return skip
      },
      'operation-done': done,
      'request-answered': ({ underway }, { site, seq }, { skip }) => {
        const under = underway.get(site)
        if (under) under.to = seq
        underway.delete(site)
        return skip
      },
    },
    atRest: (state, judge, truncated) => {
      for (const resource of state.resources.values()) {
        if (!resource.odd) continue
        const isExplained = hasOrder(resource.all, initial, step, canonical)
        if (isExplained === undefined)
          return judge.unknown('so many calls were under way at once that nobody can try all orders')
        if (isExplained) continue
        if (truncated)
          return judge.unknown('the trial ended by a budget while calls were under way that may explain an answer')
        return wrong(resource, judge)
      }
      return judge.skip
    },
  }
}

/** Of the operation that came last. */
function saidOf(model: ReferenceModel<any, any>, { all }: Resource, step: Step<unknown, Done>): unknown {
  const before = all.slice(0, -1).reduce((state, { operation }) => step(state, operation).state, ownCopy(model.initial))
  const { name, input } = (all.at(-1) as Under).operation
  return model.step(before, { name, input }).answer
}

function wrong({ all, odd }: Resource, judge: Judge): Judgement {
  const { done, said } = odd as NonNullable<Resource['odd']>
  const writes = all.flatMap(({ operation: { seq, isRead } }) => (isRead || seq > done.seq ? [] : [seq]))
  const because = `${done.name} answered ${canonical(done.answer)}, and the model says ${canonical(said)}: no order of what was under way explains it`
  return judge.broken(because, { witness: [...writes, done.seq] })
}

/** Whether an answer has all that is said of it. */
function fits(said: unknown, answer: unknown): boolean {
  if (said === undefined) return true
  if (typeof said !== 'object' || said === null) return Object.is(said, answer)
  if (typeof answer !== 'object' || answer === null || Array.isArray(said) !== Array.isArray(answer)) return false
  if (Array.isArray(said) && said.length !== (answer as unknown[]).length) return false
  return Object.entries(said).every(([key, value]) => fits(value, (answer as Record<string, unknown>)[key]))
}
