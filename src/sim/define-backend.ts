/** Declaring a simulated service: a value that does nothing until a trial brings it to life. */

import type { Backend, Draw, Implementation, OperationKit, Operations } from '../core/backend.js'
import { StormproofError } from '../core/error.js'
import { canonical } from '../core/json.js'

/** A read may not have heard of the writes of the last `staleMs`: the seed says of how many. */
export interface Eventual {
  readonly staleMs: number
}

/** What stands behind the opaque `Backend` value. */
export interface BackendDefinition {
  readonly name: string
  readonly baseUrl: string | undefined
  readonly eventual: Eventual | undefined
  readonly secrets: readonly string[]
  readonly state: (draw: Draw) => unknown
  readonly operations: Readonly<Record<string, Implementation>>
}

const shortestSecret = 12
const exampleSecret = 'q7Wn2-vKx9T-4mZp8'

/**
 * A service that an agent's tools call: its state, its reads and its writes. Every write that gets through is a line of the ledger.
 * Throws a `scenario` error for an empty name, a service without operations, a `staleMs` that is no time or a secret that is too short.
 */
export function defineBackend<S, const O extends Operations>(backend: {
  name: string
  /** Where the world meets plain HTTP; without it the backend is reached by its client only. */
  baseUrl?: `http${string}`
  /** Its reads lag behind its writes, as those of replicas do; reads that are `consistent` do not. Default: they never lag by themselves. */
  eventual?: Eventual
  /**
   * Texts among its data that must never leave it, such as the token of a customer, of 12 letters and digits or more: an agent that
   * lets one, or 8 letters of it, into a prompt, an error, a log, an answer or another service breaks `secret-redaction`.
   */
  secrets?: readonly string[]
  state: (draw: Draw) => S
  operations: (kit: OperationKit<S>) => O
}): Backend<S, O> {
  if (backend.name === '') throw new StormproofError('scenario', 'a backend needs a name', { remedy: "name: 'shop'" })
  const operations = backend.operations(kit as unknown as OperationKit<S>)
  if (Object.keys(operations).length === 0)
    throw new StormproofError('scenario', `backend "${backend.name}" has no operations`, {
      remedy: 'declare at least one read or write',
    })
  const { name, eventual, secrets = [], state } = backend
  if (eventual && !(eventual.staleMs > 0))
    throw new StormproofError('scenario', `backend "${name}": staleMs must be more than 0, not ${eventual.staleMs}`, {
      remedy: 'eventual: { staleMs: 2_000 }: a read may not have heard of the writes of the last two seconds',
    })
  const short = secrets.find((secret) => secret.replace(/[^\p{L}\p{N}]/gu, '').length < shortestSecret)
  if (short !== undefined)
    throw new StormproofError(
      'scenario',
      `backend "${name}": the secret ${JSON.stringify(short)} is too short to be told from other texts`,
      {
        remedy: `plant one of ${shortestSecret} letters and digits or more, such as '${exampleSecret}'`,
      },
    )
  const baseUrl = backend.baseUrl?.replace(/\/+$/, '')
  return { name, operations, baseUrl, eventual, secrets, state } as unknown as Backend<S, O>
}

export const definitionOf = (backend: Backend<any, any>): BackendDefinition => backend as unknown as BackendDefinition

type Declared = Partial<Implementation> & {
  input: Implementation['schema']
  answer?: Implementation['apply']
  apply?: Implementation['apply']
}

const kit = {
  read: (operation: Declared): Implementation => implementation('read', operation, operation.answer),
  write: (operation: Declared): Implementation => implementation('write', operation, operation.apply),
}

function implementation(
  kind: 'read' | 'write',
  operation: Declared,
  apply: Implementation['apply'] | undefined,
): Implementation {
  if (!apply)
    throw new StormproofError('scenario', `a ${kind} operation needs ${kind === 'read' ? '`answer`' : '`apply`'}`)
  return {
    kind,
    schema: operation.input,
    http: operation.http,
    keyed: operation.keyed ?? false,
    consistent: operation.consistent ?? false,
    once: operation.once ?? canonical,
    about: operation.about,
    adds: operation.adds ?? false,
    apply,
    undo: operation.undo,
    undoes: operation.undoes,
    partial: operation.partial ?? defaultPartial,
    rival: operation.rival,
  }
}

/** Part of an input that names several things: all but the last of its first list. */
function defaultPartial(input: unknown): unknown {
  if (typeof input !== 'object' || input === null) return undefined
  for (const [field, value] of Object.entries(input)) {
    if (Array.isArray(value) && value.length > 1) return { ...input, [field]: value.slice(0, -1) }
  }
  return undefined
}
