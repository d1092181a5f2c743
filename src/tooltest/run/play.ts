/** Plays a case: a world, the services in it, the calls; and what came of them. */

import { boundary } from '../../box/boundary.js'
import { callSite } from '../../box/call-site.js'
import { inhabit } from '../../box/inhabit.js'
import { installShims } from '../../box/install.js'
import { real } from '../../box/real.js'
import { scopes } from '../../box/scopes.js'
import type { Backends, Clients } from '../../core/backend.js'
import { canonical } from '../../core/json.js'
import { World } from '../../kernel/world.js'
import { answersNodeHttp } from '../../scenario/node-http-answers.js'
import { clientOf } from '../../sim/client.js'
import { definitionOf } from '../../sim/define-backend.js'
import { bringToLife, type Service } from '../../sim/service.js'
import type { Setting } from '../../sim/setting.js'
import type { TakenTool } from '../take/taken-tool.js'
import type { Case, PlannedCall } from './case.js'
import type { CaseHistory, EffectSeen, RequestSeen } from './case-history.js'
import { isRepeatable } from './made-up-service.js'
import { CallingProcess } from './process.js'
import { stateText } from './state-text.js'
import { stretchedResponse } from './stretched.js'
import { toolNetwork } from './tool-network.js'
import { type Trouble, troubledSource } from './trouble.js'

/** What cases are played with. */
export interface Stage {
  readonly tool: TakenTool
  readonly backends: Backends
  /** Undoes a call, where the user says how; it is given the clients of the backends. */
  readonly compensate: ((input: unknown, clients: Clients<Backends>) => unknown) | undefined
  /** Fields that made-up services answer with. */
  readonly answers: Readonly<Record<string, unknown>>
}

export type Play = (one: Case, callSites?: boolean) => Promise<CaseHistory>

const epochMs = Date.UTC(2026, 0, 5, 9, 0, 0)
const maxSteps = 5_000
/** What lands later than this after the last call has settled is not seen. */
const horizonMs = 120_000
const budgetMs = 86_400_000
/** A world with nothing left to do is stuck only when nothing came after this long in real time. */
const stuckAfterMs = 50

/** `callSites`: find the lines that send requests; slow. */
export async function play(stage: Stage, one: Case, callSites = false): Promise<CaseHistory> {
  installShims()
  const struck: Trouble[] = []
  const world = new World({
    source: troubledSource(one.troubles, (trouble) => struck.push(trouble)),
    scopes,
    boundary,
    patience: (then) => void real.setTimeout(then, stuckAfterMs),
    epochMs,
    maxSteps,
    horizonMs,
    budgetMs,
  })
  let process: CallingProcess | undefined
  const setting: Setting = {
    world,
    crash: () => process?.crash(),
    without: new Set(),
    allow: new Set(),
    callSite: callSites ? callSite : undefined,
  }
  const services = servicesOf(setting, stage.backends)
  const { stretch: how } = one
  let isStretched = false
  const stretch =
    how &&
    (async (response: Promise<Response>, isMadeUp: boolean) =>
      stretchedResponse(await response, how, isMadeUp, () => {
        isStretched = true
      }))
  const requests: RequestSeen[] = []
  const console: string[] = []
  const leaks: string[] = []
  let exitCode: number | undefined
  const { release } = inhabit(world, {
    network: toolNetwork(setting, [...services.values()], stage.answers, (request) => requests.push(request), stretch),
    leaks: 'strict',
    nodeHttp: answersNodeHttp(),
    callSites: false,
    onLeak: ({ what, remedy }) => leaks.push(`${what}: ${remedy}`),
    onUnanswered: ({ method, url }) => leaks.push(`nobody answers ${method} ${url}`),
    onConsole: (_stream, text) => console.push(text),
    onRejection: (text) => leaks.push(`a rejection that nobody handled: ${text}`),
    onExit: (code) => {
      exitCode ??= code
    },
  })
  const work = workOf(stage, setting, services)
  process = new CallingProcess(world, one, { timeoutMs: stage.tool.timeoutMs, carryOut: work })
  try {
    const calling = process
    await world.run(calling.scope(), () => calling.goOn())
  } finally {
    release()
  }
  const states = [...services].map(([key, service]) => [key, stateText(service.history.now)] as const)
  return {
    planned: one,
    calls: process.calls,
    requests,
    effects: effectsIn(world, services),
    struck,
    console,
    exitCode,
    isStretched,
    states: Object.fromEntries(states),
    tellsUndone: tellsUndone(services),
    leaks,
  }
}

function servicesOf(setting: Setting, backends: Backends): ReadonlyMap<string, Service> {
  const alive = Object.entries(backends).map(
    ([key, backend]) => [key, bringToLife(setting.world, key, definitionOf(backend), [])] as const,
  )
  return new Map(alive)
}

function workOf(stage: Stage, setting: Setting, services: ReadonlyMap<string, Service>) {
  const clients = (): Clients<Backends> =>
    Object.fromEntries([...services].map(([key, service]) => [key, clientOf(setting, service)])) as never
  const { tool, compensate } = stage
  return ({ input, intent, undo }: PlannedCall, name: string, signal: AbortSignal): unknown => {
    const call = intent === undefined ? name : `i${intent}`
    const context = { id: `call_${call}`, key: `key-${call}`, signal }
    if (!undo) return tool.call(input, context)
    return compensate ? compensate(input, clients()) : tool.declared.compensate?.(input, context)
  }
}

const tellsUndone = (services: ReadonlyMap<string, Service>): boolean =>
  [...services.values()].some(({ definition }) => Object.values(definition.operations).some(({ undoes }) => undoes))

function effectsIn(world: World, services: ReadonlyMap<string, Service>): readonly EffectSeen[] {
  return world.events.flatMap((event) => {
    if (event.type !== 'effect-applied') return []
    const { backend, operation, input, once, call, effect, compensates } = event
    const implementation = services.get(backend)?.definition.operations[operation]
    const isNamed = implementation !== undefined && implementation.once !== canonical
    return [
      {
        id: effect,
        compensates,
        call: call === undefined ? undefined : Number(call.slice(1)),
        atMs: event.vt,
        backend,
        operation,
        input,
        once: isNamed ? once : undefined,
        repeatable: isRepeatable(implementation?.http ?? operation),
      },
    ]
  })
}
