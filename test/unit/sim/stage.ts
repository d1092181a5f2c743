/** A world with one actor, for tests of what it meets there: no agent runtime, no checks. */

import { AsyncLocalStorage } from 'node:async_hooks'
import type { AnyBackend, Client } from '../../../src/core/backend.js'
import type { AnyEvent, EventOf, EventType } from '../../../src/core/event.js'
import type { Pair } from '../../../src/explore/hands.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import type { Scope } from '../../../src/kernel/scope.js'
import { type Ending, World } from '../../../src/kernel/world.js'
import { clientOf } from '../../../src/sim/client.js'
import { definitionOf } from '../../../src/sim/define-backend.js'
import { customFaultOf, type Fault } from '../../../src/sim/fault/define-fault.js'
import { bringToLife, type Service } from '../../../src/sim/service.js'
import type { Setting } from '../../../src/sim/setting.js'

const storage = new AsyncLocalStorage<Scope>()

export type Outcome<T> =
  | { readonly kind: 'returned'; readonly value: T }
  | { readonly kind: 'threw'; readonly error: any }
  /** It never settled. */
  | { readonly kind: 'waits' }

/** What an actor returned; an actor that did not fails the test. */
export function returned<T>(outcome: Outcome<T>): T {
  if (outcome.kind === 'returned') return outcome.value
  throw outcome.kind === 'threw' ? outcome.error : new Error('the actor never settled')
}

export interface Stage {
  readonly setting: Setting
  readonly world: World
  /** How often the process was killed. */
  readonly crashes: () => number
  /** Runs the actor until the world is at rest. */
  act<T>(actor: () => Promise<T>): Promise<Outcome<T>>
  /** In a lane of its own, as an attempt of a call. */
  inCall<T>(call: string, attempt: number, body: () => T, deadline?: number): T
  /** A service, its client under the name of the backend, and faults of the user's own. */
  service<B extends AnyBackend>(backend: B, faults?: readonly Fault[]): { service: Service; client: Client<B> }
  events<T extends EventType>(type: T): readonly EventOf<T>[]
}

export function stage(
  decisions: readonly Pair[] = [],
  { without = [] as readonly string[], allow = [] as readonly string[], crash = true } = {},
): Stage {
  const world = new World({
    source: replaySource(decisions),
    scopes: { current: () => storage.getStore(), run: (scope, body) => storage.run(scope, body) },
    boundary: (then) => void setImmediate(then),
    epochMs: 1_900_000_000_000,
    maxSteps: 1_000,
    horizonMs: 600_000,
    budgetMs: 86_400_000,
  })
  let crashes = 0
  const die = (): void => {
    crashes++
    world.nextIncarnation()
  }
  const setting: Setting = {
    world,
    crash: crash ? die : undefined,
    without: new Set(without),
    allow: new Set(allow),
    callSite: undefined,
  }
  const root = (): Scope => ({
    world,
    incarnation: world.incarnation,
    lane: 'run',
    call: undefined,
    attempt: undefined,
    deadline: undefined,
  })
  return {
    setting,
    world,
    crashes: () => crashes,
    inCall: (call, attempt, body, deadline) =>
      storage.run({ ...root(), lane: `${call}/a${attempt}`, call, attempt, deadline }, body),
    service: (backend, faults = []) => {
      const service = bringToLife(world, backend.name, definitionOf(backend), faults.map(customFaultOf))
      return { service, client: clientOf(setting, service) as never }
    },
    events: (type) => world.events.filter((event: AnyEvent) => event.type === type) as never,
    act: async (actor) => {
      let outcome: Outcome<any> = { kind: 'waits' }
      const ended: Ending = await world.run(root(), () => {
        actor().then(
          (value) => {
            outcome = { kind: 'returned', value }
            world.rootSettled()
          },
          (error: unknown) => {
            outcome = { kind: 'threw', error }
            world.rootSettled()
          },
        )
      })
      if (ended !== 'rest' && ended !== 'deadlock') throw new Error(`the world ended by its ${ended}`)
      return outcome
    },
  }
}
