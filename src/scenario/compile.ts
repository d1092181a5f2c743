/** What is the same in all trials of a scenario, worked out once: its checks, its script, what is declared about its agent. */

import type { Agent } from '../agent/agent.js'
import { permits } from '../agent/guard/vet.js'
import { alwaysCheck } from '../check/always.js'
import { toCheck } from '../check/define-invariant.js'
import type { Check } from '../check/invariant.js'
import { invariants } from '../check/registry.js'
import { situationCheck } from '../check/situation.js'
import { type Watcher, watcher } from '../check/watch.js'
import type { Backends } from '../core/backend.js'
import { StormproofError } from '../core/error.js'
import type { Facts, PlantedSecrets } from '../core/history.js'
import { nearest } from '../core/nearest.js'
import { type Checked, check, checkStrict } from '../core/schema.js'
import { definitionOf } from '../sim/define-backend.js'
import { type CustomFault, customFaultOf } from '../sim/fault/define-fault.js'
import { faults } from '../sim/fault/registry.js'
import { fuzz } from '../sim/fuzz.js'
import { type Entry, type PolicyDefinition, readScript } from '../sim/script.js'
import type { ModelPlan } from '../sim/scripted-model.js'
import { boundFacts, toolBounds } from './bound-facts.js'
import { type Scenario, type ScenarioDefinition, scenarioOf } from './define-scenario.js'
import { checkDetails, strikable } from './fault-sequence.js'
import { writesOf } from './ledger-view.js'
import { reworded } from './reword.js'
import { watchTools } from './watched-tools.js'

export interface Compiled {
  readonly definition: ScenarioDefinition
  readonly checks: readonly Check[]
  readonly watcher: Watcher
  readonly plan: ModelPlan
  readonly customFaults: readonly CustomFault[]
  readonly without: ReadonlySet<string>
  readonly allow: ReadonlySet<string>
  /** Turns of the script, or a guess for policies: how long a calm run takes. */
  readonly turns: number
  /** Undefined where no backend holds a secret. */
  readonly planted: PlantedSecrets | undefined
  /** Backends, by key, that a promise has a model of. */
  readonly modelled: ReadonlySet<string>
  /** The definition with its prompt reworded; undefined, and no words: as it is. Each wording is made once. */
  inWords(words: readonly string[] | undefined): ScenarioDefinition
  /** One value a set of intended effects, so that the watcher compiles once. */
  factsFor(agent: Agent<unknown> | undefined, intended: Readonly<Record<string, number>>): Facts
}

const turnsOfPolicy = 8
const compiled = new WeakMap<ScenarioDefinition, Compiled>()

/** Throws a `scenario` error for names of faults or promises that do not exist, and for backends of one name. */
export function compile(scenario: Scenario): Compiled {
  const definition = scenarioOf(scenario)
  const known = compiled.get(definition) ?? build(definition)
  compiled.set(definition, known)
  return known
}

function build(definition: ScenarioDefinition): Compiled {
  const keys = Object.keys(definition.backends)
  const writes = Object.entries(writesOf(definition.backends)).map(([backend, operations]) => ({ backend, operations }))
  const promises = Object.entries(definition.always).map(([name, predicate]) =>
    alwaysCheck(name, (ledger) => predicate({ ledger }), writes),
  )
  const own = definition.invariants.map((invariant) => toCheck(invariant, writes))
  const situations = Object.entries(definition.situations).map(([name, arose]) => situationCheck(name, arose, writes))
  const checks = [...promises, ...own, ...situations, ...invariants]
  checkNames(definition, checks)
  if (definition.tools) watchTools(definition.tools)
  const plan = planOf(definition)
  const planted = plantedIn(definition.backends)
  const turns = plan.policy ? turnsOfPolicy : plan.entries.length
  return {
    definition,
    checks,
    watcher: watcher(checks),
    plan,
    customFaults: definition.addedFaults.map(customFaultOf),
    without: new Set(definition.without),
    allow: new Set(definition.allow),
    turns,
    planted,
    modelled: new Set(own.flatMap(({ models }) => models ?? [])),
    inWords: wordsMaker(definition),
    factsFor: factsMaker(keys, plan, planted),
  }
}

function planOf(definition: ScenarioDefinition): ModelPlan {
  const { model, onFailure } = definition
  if (typeof model === 'function') return { entries: readScript(model), policy: undefined, onFailure }
  const policy = (model ?? fuzz()) as unknown as PolicyDefinition
  const entries: readonly Entry[] = []
  return { entries, policy, onFailure }
}

function checkNames(definition: ScenarioDefinition, checks: readonly Check[]): void {
  const promises = checks.map((check) => check.name)
  const twice = promises.find((name, index) => promises.indexOf(name) < index)
  if (twice !== undefined)
    throw new StormproofError('scenario', `scenario "${definition.name}" has two promises named "${twice}"`, {
      remedy: 'give each its own name',
    })
  for (const name of definition.breaks)
    known(definition, 'promise', name, promises, '`npx stormproof list invariants` shows those that exist')
  const names = [...faults.map((fault) => fault.name), ...definition.addedFaults.map((fault) => fault.name)]
  for (const name of [...definition.without, ...definition.allow])
    known(definition, 'fault', name, names, '`npx stormproof list faults` shows those that exist')
  checkSequences(definition)
}

/** A step that could strike nowhere would never be missed. */
function checkSequences(definition: ScenarioDefinition): void {
  const targets = strikable(definition.backends, definition.addedFaults.map(customFaultOf), definition.allow)
  for (const [target, steps] of Object.entries(definition.sequences)) {
    const all = [...targets.keys()]
    known(definition, 'operation', target, all, `name one of ${all.join(', ')}`)
    const faults = targets.get(target) ?? []
    const names = ['none', ...faults.map(({ name }) => name)]
    for (const { fault: name, with: details } of steps) {
      known(definition, `fault of ${target}`, name, names, `${target} can have ${names.join(', ')}`)
      const fault = faults.find((one) => one.name === name)
      if (fault) checkDetails(definition.name, fault, details)
    }
  }
}

function known(
  definition: ScenarioDefinition,
  what: string,
  name: string,
  names: readonly string[],
  remedy: string,
): void {
  if (names.includes(name)) return
  const [near] = nearest(name, names)
  throw new StormproofError(
    'scenario',
    `scenario "${definition.name}" names the ${what} "${name}", which does not exist${near ? `; did you mean "${near}"?` : ''}`,
    { remedy },
  )
}

function wordsMaker(definition: ScenarioDefinition): Compiled['inWords'] {
  const known = new Map<string, ScenarioDefinition>()
  return (words = []) => {
    if (words.length === 0) return definition
    const name = words.join()
    const made = known.get(name) ?? { ...definition, prompt: reworded(definition.prompt, words) }
    known.set(name, made)
    return made
  }
}

function factsMaker(
  backends: readonly string[],
  plan: ModelPlan,
  planted: PlantedSecrets | undefined,
): Compiled['factsFor'] {
  let last: { intended: Readonly<Record<string, number>>; facts: Facts } | undefined
  return (agent, intended) => {
    if (last?.intended === intended) return last.facts
    const facts: Facts = {
      ...(agent ? ownFacts(agent) : foreignFacts),
      intended,
      scripted: plan.policy === undefined,
      backends,
      ...(planted ? { planted } : {}),
    }
    last = { intended, facts }
    return facts
  }
}

function plantedIn(backends: Backends): PlantedSecrets | undefined {
  const holders = Object.entries(backends).map(([key, backend]) => [key, definitionOf(backend).secrets] as const)
  const holding = holders.filter(([, secrets]) => secrets.length > 0)
  return holding.length === 0 ? undefined : Object.fromEntries(holding)
}

type Declared = Omit<Facts, 'intended' | 'scripted' | 'backends' | 'planted'>

const foreignFacts: Declared = { own: false, limits: undefined, tools: [], retry: undefined }

export function ownFacts(agent: Agent<unknown>): Declared {
  return {
    own: true,
    limits: agent.limits,
    tools: agent.tools.map((tool) => ({
      name: tool.name,
      effect: tool.effect,
      idempotency: tool.idempotency,
      compensated: tool.compensate !== undefined,
      ...(tool.subagent ? {} : { timeoutMs: tool.timeoutMs }),
      takes: (args) => isMet(() => checkStrict(tool.input, args)),
      gives: (value) => isMet(() => check(tool.output, value)),
      ...toolBounds(tool),
      ...(tool.approval ? { approvers: tool.approval.approvers } : {}),
    })),
    retry: agent.retry,
    ...boundFacts(agent),
    ...guardFacts(agent),
  }
}

/** A schema whose own code throws takes nothing. */
function isMet(look: () => Checked<unknown>): boolean {
  try {
    return look().ok
  } catch {
    return false
  }
}

function guardFacts({ grants, guards, secrets }: Agent<unknown>): Pick<Facts, 'permits' | 'guards' | 'secrets'> {
  return {
    ...(grants ? { permits: (tool, input) => permits(grants[tool], input) } : {}),
    ...(guards ? { guards: { marking: guards.marking === true, verify: guards.verify !== undefined } } : {}),
    ...(guards?.output && secrets?.length ? { secrets } : {}),
  }
}
