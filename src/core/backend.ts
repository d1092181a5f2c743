/** The types of simulated services: what a user declares, what a tool holds in its hands, what the ledger shows. */

import type { Faker } from '@faker-js/faker'
import type { InferOut, Schema } from './schema.js'

/** Choices of a simulation. The first value of each is the simplest: shrinking moves towards it. */
export interface Draw {
  int(label: string, min: number, max: number): number
  pick<const T>(label: string, values: readonly [T, ...T[]]): T
  chance(label: string, probability: number): boolean
  /** A made-up value, the same for the same label: `draw.fake('customer', (faker) => faker.person.fullName())`. */
  fake<T>(label: string, make: (faker: Faker) => T): T
}

export type Route = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`

/** Types only: what an operation takes and gives. The implementation travels with it, under `~run`. */
export interface Operation<Kind extends 'read' | 'write', I, O> {
  readonly kind: Kind
  readonly input: I
  readonly output: O
}
export type Operations = Record<string, Operation<'read' | 'write', any, any>>

export interface CallOptions {
  readonly idempotencyKey?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** One line of the ledger. `at` is virtual milliseconds. */
export interface Applied<I = unknown> {
  readonly input: I
  readonly key: string | undefined
  readonly at: number
  readonly compensated: boolean
}

export interface Backend<S, O extends Operations> {
  readonly name: string
  readonly operations: O
  readonly '~state': S
}
export type AnyBackend = Backend<any, any>
export type Backends = Record<string, AnyBackend>
export type OpsOf<B> = B extends Backend<any, infer O> ? O : never

/** What the agent's tools hold in their hands: one async method per operation. */
export type Client<B> = {
  readonly [K in keyof OpsOf<B>]: (input: OpsOf<B>[K]['input'], options?: CallOptions) => Promise<OpsOf<B>[K]['output']>
}
export type Clients<B extends Backends> = { readonly [K in keyof B]: Client<B[K]> }
export type Writes<O> = { [K in keyof O as O[K] extends Operation<'write', any, any> ? K : never]: O[K] }

/** What truly happened: `ledger.payments.charge` is the list of charges applied. */
export type Ledger<B extends Backends> = {
  readonly [K in keyof B]: {
    readonly [W in keyof Writes<OpsOf<B[K]>>]: readonly Applied<
      Writes<OpsOf<B[K]>>[W] extends Operation<any, infer I, any> ? I : never
    >[]
  }
}

export interface OperationKit<S> {
  /** Changes nothing. */
  read<I extends Schema, O>(op: {
    input: I
    http?: Route
    /** Whether it always knows the last write. Default false: a storm may answer with what was true a few writes ago. */
    consistent?: boolean
    /**
     * What it tells of, by names of the author's choice such as an account or a path: `serial-equivalence` orders calls by what they
     * read and write. Default: nothing.
     */
    about?: (input: InferOut<I>) => readonly string[]
    answer: (state: S, input: InferOut<I>, draw: Draw) => O
  }): Operation<'read', InferOut<I>, O>
  /** Changes the world: every call that gets this far is a line of the ledger. */
  write<I extends Schema, O>(op: {
    input: I
    http?: Route
    /** Two effects with the same answer here are the same effect, twice. Default: the whole input. */
    once?: (input: InferOut<I>) => string
    /** Whether this service honours an Idempotency-Key. Default false. */
    keyed?: boolean
    /** What it changes, by the names that reads use. Default: nothing. */
    about?: (input: InferOut<I>) => readonly string[]
    /** Whether it adds to what is there, whatever that is, as a deposit does: two such are in no order. Default: it takes its place. */
    adds?: boolean
    apply: (state: S, input: InferOut<I>, draw: Draw) => O
    undo?: (state: S, input: InferOut<I>) => void
    /** When this write takes back another one: which, so that the ledger shows it as compensated. */
    undoes?: (input: InferOut<I>) => Undone
    /** What gets done of an input when the service breaks half-way. Default: all but the last of its first list. */
    partial?: (input: InferOut<I>) => InferOut<I> | undefined
    /** What somebody else does to the same thing: in a storm it may come first. It is nobody's effect, and no line of the ledger. */
    rival?: (state: S, input: InferOut<I>) => void
  }): Operation<'write', InferOut<I>, O>
}

/** The implementation behind an `Operation`, read by the simulator alone. */
export interface Implementation {
  readonly kind: 'read' | 'write'
  readonly schema: Schema
  readonly http: Route | undefined
  readonly keyed: boolean
  /** A read that is never answered by an old copy. */
  readonly consistent: boolean
  readonly once: (input: any) => string
  readonly about: ((input: any) => readonly string[]) | undefined
  /** A write that takes the place of nothing. */
  readonly adds: boolean
  readonly apply: (state: any, input: any, draw: Draw) => unknown
  readonly undo: ((state: any, input: any) => void) | undefined
  /** For a write that takes back another: the effect it undoes, by operation and a test on that effect's input and answer. */
  readonly undoes: ((input: any) => Undone) | undefined
  /** The part of an input that gets done when the service breaks half-way; undefined where nothing can be halved. */
  readonly partial: (input: any) => unknown
  readonly rival: ((state: any, input: any) => void) | undefined
}

export interface Undone {
  readonly operation: string
  readonly matches: (input: any, answer: any) => boolean
}
