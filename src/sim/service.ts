/** A backend come to life in one world: its state, the keys it has seen, and what each request truly did. */

import type { Draw, Implementation } from '../core/backend.js'
import { isStormproofError, StormproofError } from '../core/error.js'
import { canonical, copy } from '../core/json.js'
import { frozen } from '../core/own-copy.js'
import { check } from '../core/schema.js'
import { isToolFailure } from '../core/tool.js'
import type { Touched } from '../core/world-event.js'
import type { LedgerRow } from '../kernel/ledger.js'
import type { World } from '../kernel/world.js'
import { type Answer, refused } from './answer.js'
import { ownedBy } from './backend/nonce.js'
import type { BackendDefinition } from './define-backend.js'
import { drawFrom } from './draw.js'
import type { CustomFault } from './fault/define-fault.js'
import { Flights } from './flight.js'
import { lagOf } from './lag.js'
import { Troubles } from './lasting.js'
import { Past } from './past.js'
import { versionsOf } from './versions.js'

export interface Request {
  readonly operation: string
  readonly input: unknown
  readonly key: string | undefined
  readonly site: string
  readonly lane: string
  readonly call: string | undefined
  readonly attempt: number | undefined
  readonly where: string | undefined
  /** It came over plain HTTP. */
  readonly http?: boolean
}

interface Remembered {
  readonly input: string
  readonly answer: unknown
}

/** How much of a request is carried out. */
export type Extent = 'all' | 'part'

export interface Service {
  readonly name: string
  readonly definition: BackendDefinition
  readonly faults: readonly CustomFault[]
  /** The answer to input that does not fit; undefined when it fits, with the input as the schema reads it. */
  admit(operation: string, input: unknown): { readonly input: unknown } | { readonly refusal: Answer }
  /** Carries the request out: the effect is in the ledger when this returns. */
  carryOut(request: Request, extent: Extent): Answer
  /** Somebody else writes to what the request is about. */
  rival(request: Request): void
  /** Whether a request under its key was carried out before: it will change nothing. */
  remembers(request: Request): boolean
  readonly history: Pick<Past, 'writes' | 'now'>
  /** Requests on their way to it and back. */
  readonly flights: Flights
  readonly troubles: Troubles
  /** What a read would have been answered so many writes ago. */
  answerAsOf(request: Request, writes: number): Answer
  readonly draw: Draw
}

/** `owner`: whose data it keeps, where several users have their own. */
export function bringToLife(
  world: World,
  name: string,
  definition: BackendDefinition,
  faults: readonly CustomFault[],
  owner?: string,
): Service {
  const draw = drawFrom(world, name)
  const make = owner === undefined ? definition.state : (drawn: Draw) => ownedBy(owner, definition.state(drawn))
  const history = new Past(make, drawFrom(world, `${name}.state`))
  const lag = lagOf(world, definition.eventual)
  const remembered = new Map<string, Remembered>()
  const effects = new Map<LedgerRow, unknown>()
  const versions = versionsOf()

  const carryOut = (request: Request, extent: Extent): Answer => {
    const implementation = definition.operations[request.operation] as Implementation
    const asked = implementation.kind === 'write' && implementation.keyed && request.key !== undefined
    const memory = asked ? remembered.get(`${request.operation}/${request.key}`) : undefined
    if (memory) return recalled(memory, request.input)
    const input = extent === 'part' ? (implementation.partial(request.input) ?? request.input) : request.input
    const draws = drawFrom(world, request.site)
    let about: readonly string[] = []
    let behind = 0
    const done = applied(`${name}.${request.operation}`, () => {
      about = resourcesOf(`${name}.${request.operation}`, implementation, input)
      if (implementation.kind === 'write') return history.write(implementation.apply, input, draws)
      behind = implementation.consistent ? 0 : lag.behind(draws)
      return implementation.apply(behind === 0 ? history.now : history.before(behind), input, draws)
    })
    if (done.kind !== 'value') return done
    const { value } = done
    if (implementation.kind === 'read') return told(copy(value), versions.asOf(about, history.writes - behind))
    lag.wrote()
    const wrote = versions.wrote(about, history.writes)
    record(world, name, implementation, request, { input, value, wrote }, effects)
    if (asked)
      remembered.set(`${request.operation}/${request.key}`, { input: canonical(request.input), answer: copy(value) })
    return { kind: 'value', value: copy(value) }
  }

  return {
    name,
    definition,
    faults,
    draw,
    flights: new Flights(),
    troubles: new Troubles(),
    carryOut,
    rival: ({ operation, input, site }) => {
      const { rival } = definition.operations[operation] as Implementation
      if (!rival) return
      const write = () => history.write(rival, copy(input), drawFrom(world, site))
      if (applied(`${name}.${operation}`, write).kind === 'value') lag.wrote()
    },
    history,
    answerAsOf: (request, writes) => {
      const implementation = definition.operations[request.operation] as Implementation
      const answer = applied(`${name}.${request.operation}`, () =>
        copy(implementation.apply(history.before(writes), request.input, drawFrom(world, request.site))),
      )
      if (answer.kind !== 'value' || implementation.kind === 'write') return answer
      const about = resourcesOf(`${name}.${request.operation}`, implementation, request.input)
      return told(answer.value, versions.asOf(about, history.writes - writes))
    },
    remembers: ({ operation, key }) => key !== undefined && remembered.has(`${operation}/${key}`),
    admit: (operation, input) => admitted(definition.operations[operation] as Implementation, input),
  }
}

function admitted({ schema }: Implementation, input: unknown): ReturnType<Service['admit']> {
  const checked = check(schema, input)
  if (checked.ok) return { input: checked.value }
  return { refusal: refused(400, `the input does not fit: ${checked.issues.join('; ')}`, 'never') }
}

function recalled({ input, answer }: Remembered, now: unknown): Answer {
  if (input === canonical(now)) return { kind: 'value', value: copy(answer) }
  return refused(422, 'this idempotency key was used with other arguments', 'never')
}

const told = (value: unknown, saw: readonly Touched[]): Answer =>
  saw.length === 0 ? { kind: 'value', value } : { kind: 'value', value, saw }

/** Throws a `scenario` error where `about` gives no list of names. */
function resourcesOf(operation: string, { about }: Implementation, input: unknown): readonly string[] {
  if (!about) return []
  const resources: unknown = about(copy(input))
  if (Array.isArray(resources) && resources.every((one) => typeof one === 'string')) return [...new Set(resources)]
  throw new StormproofError('scenario', `the operation ${operation} is about what is no list of names`, {
    remedy: 'about: ({ account }) => [account]',
  })
}

/** A service refuses ("sold out") by throwing `ToolFailure`: nothing happened. Anything else it throws is the scenario's mistake. */
function applied(operation: string, apply: () => unknown): Answer {
  try {
    return { kind: 'value', value: apply() }
  } catch (error) {
    if (isToolFailure(error)) return refused(error.status ?? 409, error.message, error.retry, error.afterMs)
    if (isStormproofError(error)) throw error
    throw new StormproofError(
      'scenario',
      `the operation ${operation} threw: ${error instanceof Error ? error.message : String(error)}`,
      {
        remedy: 'return what the service answers, or throw ToolFailure where it refuses and nothing happened',
        cause: error,
      },
    )
  }
}

function record(
  world: World,
  backend: string,
  implementation: Implementation,
  request: Request,
  { input, value, wrote }: { input: unknown; value: unknown; wrote: readonly Touched[] },
  effects: Map<LedgerRow, unknown>,
): void {
  const undone = implementation.undoes?.(input)
  const target =
    undone &&
    [...effects].find(
      ([row, answer]) => row.operation === undone.operation && !row.compensated && undone.matches(row.input, answer),
    )
  const once = implementation.once(request.input as never)
  const row = world.ledger.apply({
    backend,
    operation: request.operation,
    input: frozen(copy(input)),
    key: request.key,
    once,
    at: world.now,
  })
  effects.set(row, value)
  const event = {
    backend,
    operation: request.operation,
    kind: 'write' as const,
    site: request.site,
    input: row.input,
    key: request.key,
    call: request.call,
    attempt: request.attempt,
    effect: row.effect,
    once,
    ...(wrote.length > 0 ? { wrote, ...(implementation.adds ? { adds: true as const } : {}) } : {}),
    ...(request.where ? { where: request.where } : {}),
  }
  if (!target) {
    world.emit('effect-applied', event, request.lane)
    return
  }
  world.ledger.compensate(target[0].effect)
  world.emit('effect-applied', { ...event, compensates: target[0].effect }, request.lane)
  world.emit('effect-compensated', { ...event, effect: target[0].effect }, request.lane)
}
