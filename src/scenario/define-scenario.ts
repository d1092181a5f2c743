/** Declaring a scenario: one task for one agent, how to start it, what the model says, what must be true. */

import type { Agent } from '../agent/agent.js'
import { callFile } from '../box/call-site.js'
import type { Invariant } from '../check/define-invariant.js'
import type { HeardEvent } from '../check/heard-event.js'
import type { Backends, Clients, Ledger } from '../core/backend.js'
import { requireFields, requireWord } from '../core/definition.js'
import { StormproofError } from '../core/error.js'
import type { RunStatus } from '../core/event.js'
import type { Preset } from '../core/preset.js'
import type { Tools } from '../core/tool.js'
import type { Approver } from '../sim/actor/approver.js'
import type { User } from '../sim/actor/user.js'
import type { Fault } from '../sim/fault/define-fault.js'
import type { ModelPolicy, Script } from '../sim/script.js'
import type { OnFailure } from '../sim/scripted-model.js'
import { checkFaultPlan } from './check-fault-plan.js'
import { type FaultStep, type Sequences, sequencesOf } from './fault-sequence.js'

type Awaitable<T> = T | PromiseLike<T>

export interface Trial<B extends Backends, R> {
  readonly ledger: Ledger<B>
  readonly result: R
  readonly status: RunStatus | 'waiting'
}

export interface FaultPlan {
  /** Default `stormy`. */
  preset?: Preset
  /** Faults of your own. */
  add?: readonly Fault[]
  /** Names of faults that do not occur. */
  without?: readonly string[]
  /**
   * Names of faults under which no agent can keep every promise (`npx stormproof list faults` marks them): they occur, and the promises
   * they break are then judged no more. Default: none occurs.
   */
  allow?: readonly string[]
  /**
   * What becomes, in every storm, of the first try of each call of an operation (`'shop.refund'`) or of each turn of the
   * `'model'`, of the second, and so on: `['tool/error', 'tool/error', 'none']` fails twice and then succeeds. Later tries
   * are left to the storm.
   */
  sequence?: Readonly<Record<string, readonly FaultStep[]>>
}

interface AnyKind<B extends Backends, T extends Tools> {
  /** Unique in a project: a repro names one. */
  name: string
  /** Promises this agent is known to break: found and shown, not counted by `findings: 0`; one that is not found fails. For demonstrations and bugs not mended yet. */
  breaks?: readonly string[]
  backends?: B
  /** Default: `fuzz()`. */
  model?: Script<T> | ModelPolicy
  /** What the scripted model does after a failed result. Default `any`: the seed chooses. */
  onFailure?: OnFailure
  /** True of every moment of every trial, judged on the ledger after each effect. */
  always?: Record<string, (trial: { ledger: Ledger<B> }) => boolean>
  /**
   * Where a suite must get to, judged at the end of each trial: `'refund after cancel': ({ ledger, events }) => …`. Until one has arisen in
   * some trial the suite is not green.
   */
  situations?: Record<string, (trial: { ledger: Ledger<B>; events: readonly HeardEvent[] }) => boolean>
  invariants?: readonly Invariant<NoInfer<B>>[]
  faults?: Preset | FaultPlan
}

export interface OwnScenario<B extends Backends, T extends Tools> extends AnyKind<B, T> {
  agent: (clients: Clients<B>) => Agent<T>
  prompt: string
  /** The people who approve, by name: each is told, decides and answers as declared, or as the seed has it. Others never decide. */
  approvers?: Readonly<Record<string, Approver>>
  /** Who answers the questions of the model; absent: nobody, and the run waits. */
  user?: User
  success?: (trial: Trial<B, string>) => boolean
  run?: never
}

export interface ForeignScenario<B extends Backends, T extends Tools, R> extends AnyKind<B, T> {
  /**
   * Your agent, as you call it, for the user whose session has the id `session`: a storm may call it for several at once, each with data of
   * its own. Crash faults are planned only where `restart` says how you resume.
   */
  run: (clients: Clients<B>, session: string) => Awaitable<R>
  /** How you go on after a crash. In this process what your modules kept is still there; with `isolate` it is gone, as in a new one. */
  restart?: (clients: Clients<B>, session: string) => Awaitable<R>
  /** Its tools, by value: types the script, and lets arguments be judged. */
  tools?: T
  /** A fresh copy of your modules for every trial: for agents that keep state in module variables. */
  isolate?: boolean
  success?: (trial: Trial<B, NoInfer<R>>) => boolean
  agent?: never
}

export interface Scenario {
  readonly name: string
}

/** What stands behind the opaque `Scenario` value, types erased. */
export interface ScenarioDefinition {
  readonly name: string
  readonly breaks: readonly string[]
  readonly backends: Backends
  readonly model: Script<any> | ModelPolicy | undefined
  readonly onFailure: OnFailure
  readonly always: Readonly<Record<string, (trial: { ledger: any }) => boolean>>
  readonly situations: Readonly<Record<string, (trial: { ledger: any; events: readonly HeardEvent[] }) => boolean>>
  readonly invariants: readonly Invariant<any>[]
  /** Undefined: what the command line or the configuration says, else `stormy`. */
  readonly preset: Preset | undefined
  readonly addedFaults: readonly Fault[]
  readonly without: readonly string[]
  readonly allow: readonly string[]
  readonly sequences: Sequences
  readonly agent: ((clients: any) => Agent<any>) | undefined
  readonly prompt: string
  readonly approvers: Readonly<Record<string, Approver>>
  readonly user: User | undefined
  readonly run: ((clients: any, session: string) => unknown) | undefined
  readonly restart: ((clients: any, session: string) => unknown) | undefined
  readonly tools: Tools | undefined
  /** Every trial runs in a fresh copy of the user's modules. */
  readonly isolate: boolean
  /** The file that defined it, absolute: kept repros lie beside it. Undefined where a stack does not tell. */
  readonly file: string | undefined
  readonly success: ((trial: Trial<any, any>) => boolean) | undefined
}

const brand = Symbol.for('stormproof.scenario')

const scenarioFields = [
  ...['name', 'breaks', 'backends', 'model', 'onFailure', 'always', 'situations', 'invariants', 'faults', 'success'],
  ...['agent', 'prompt', 'approvers', 'user', 'run', 'restart', 'tools', 'isolate'],
]

/** Makes a scenario and does nothing: `simulate`, `simTest` or the command line run it. */
export function defineScenario<B extends Backends = {}, T extends Tools = {}>(scenario: OwnScenario<B, T>): Scenario
export function defineScenario<B extends Backends = {}, T extends Tools = Tools, R = unknown>(
  scenario: ForeignScenario<B, T, R>,
): Scenario
export function defineScenario(scenario: OwnScenario<any, any> | ForeignScenario<any, any, any>): Scenario {
  requireFields('scenario', 'a scenario', scenario, scenarioFields)
  const name = scenario.name
  for (const [approver, { decides }] of Object.entries((scenario as Partial<OwnScenario<any, any>>).approvers ?? {})) {
    requireWord('scenario', `\`decides\` of the approver ${approver}`, decides, ['approve', 'deny', 'ignore', 'any'])
  }
  if (typeof name !== 'string' || !/^[\w.-]+$/.test(name)) {
    throw new StormproofError(
      'scenario',
      `a scenario's name must be letters, digits, - _ and ., not ${JSON.stringify(name)}`,
      { remedy: "name: 'support-refund'" },
    )
  }
  if ((scenario.agent === undefined) === (scenario.run === undefined)) {
    throw new StormproofError('scenario', `scenario "${name}" must have either \`agent\` or \`run\``, {
      remedy: "`agent` for an agent on stormproof's runtime, `run` for any other",
    })
  }
  if (scenario.faults !== undefined) checkFaultPlan(name, scenario.faults)
  const faults = typeof scenario.faults === 'string' ? { preset: scenario.faults } : (scenario.faults ?? {})
  const foreign = scenario as Partial<ForeignScenario<any, any, any>>
  const definition: ScenarioDefinition = {
    name,
    breaks: scenario.breaks ?? [],
    backends: scenario.backends ?? {},
    model: scenario.model,
    onFailure: scenario.onFailure ?? 'any',
    always: scenario.always ?? {},
    situations: scenario.situations ?? {},
    invariants: scenario.invariants ?? [],
    preset: faults.preset,
    addedFaults: faults.add ?? [],
    without: faults.without ?? [],
    allow: faults.allow ?? [],
    sequences: sequencesOf(faults.sequence ?? {}),
    agent: scenario.agent,
    prompt: (scenario as Partial<OwnScenario<any, any>>).prompt ?? '',
    approvers: (scenario as Partial<OwnScenario<any, any>>).approvers ?? {},
    user: (scenario as Partial<OwnScenario<any, any>>).user,
    run: foreign.run,
    restart: foreign.restart,
    tools: foreign.tools,
    isolate: foreign.isolate ?? false,
    file: callFile(),
    success: scenario.success,
  }
  return { name, [brand]: definition } as Scenario
}

export function isScenario(value: unknown): value is Scenario {
  return typeof value === 'object' && value !== null && brand in value
}

/** Throws a `scenario` error for a value that `defineScenario` did not make. */
export function scenarioOf(scenario: Scenario): ScenarioDefinition {
  const definition = (scenario as unknown as Record<symbol, ScenarioDefinition | undefined>)[brand]
  if (!definition)
    throw new StormproofError('scenario', 'this is not a scenario', { remedy: 'pass what `defineScenario` returned' })
  return definition
}
