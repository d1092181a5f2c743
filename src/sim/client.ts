/** The client of a simulated service: what an agent's tools hold in their hands, one async method an operation. */

import type { CallOptions } from '../core/backend.js'
import { copy } from '../core/json.js'
import { ToolFailure } from '../core/tool.js'
import { isAlive } from '../kernel/scope.js'
import type { Answer } from './answer.js'
import { operate } from './operate.js'
import type { Service } from './service.js'
import type { Setting } from './setting.js'
import { requestSite } from './site.js'

type Method = (input: unknown, options?: CallOptions) => Promise<unknown>

const never = (): Promise<never> => new Promise(() => undefined)

/**
 * Throws `ToolFailure` where the effect certainly did not happen, else an `Error` with a `code`. A call whose signal aborts
 * rejects at once, except when its answer comes late: then the caller is one that does not listen.
 */
export function clientOf(setting: Setting, service: Service): Readonly<Record<string, Method>> {
  const sent = new Map<string, number>()
  const methods: Record<string, Method> = {}
  for (const operation of Object.keys(service.definition.operations)) {
    // Named first: V8 puts a function literal that is assigned to a property into old space, where it would keep the whole trial
    // alive until the next major collection.
    const method: Method = (input, options) => call(setting, service, operation, input, options, sent)
    methods[operation] = method
  }
  return methods
}

function call(
  setting: Setting,
  service: Service,
  operation: string,
  input: unknown,
  options: CallOptions | undefined,
  sent: Map<string, number>,
): Promise<unknown> {
  const scope = setting.world.scopes.current()
  if (!scope || !isAlive(scope)) return never()
  if (options?.signal?.aborted) return Promise.reject(options.signal.reason as Error)
  const sound = copy(input)
  const signal = options?.signal
  let early: Answer | undefined
  let hear = (answer: Answer): void => {
    early = answer
  }
  const request = {
    operation,
    input: sound,
    key: options?.idempotencyKey,
    site: requestSite(scope, service.name, operation, sound, sent),
    lane: scope.lane,
    call: scope.call,
    attempt: scope.attempt,
    where: setting.callSite?.(),
  }
  const deaf = operate(setting, service, request, scope, (answer) => hear(answer))
  if (early) throw (early as Extract<Answer, { kind: 'threw' }>).error
  return new Promise((resolve, reject) => {
    const aborted = (): void => reject(signal?.reason as Error)
    hear = (answer) => {
      signal?.removeEventListener('abort', aborted)
      settle(answer, resolve, reject)
    }
    if (!deaf) signal?.addEventListener('abort', aborted)
  })
}

function settle(answer: Answer, resolve: (value: unknown) => void, reject: (error: unknown) => void): void {
  switch (answer.kind) {
    case 'value':
      resolve(answer.value)
      return
    case 'body':
      resolve(answer.read)
      return
    case 'refused':
      reject(
        new ToolFailure(answer.text, {
          retry: answer.retry,
          ...(answer.afterMs === undefined ? {} : { afterMs: answer.afterMs }),
        }),
      )
      return
    case 'broken':
      reject(coded(answer.text, 'PARTIAL'))
      return
    case 'unreached': {
      const cause = coded('connect ECONNREFUSED', 'ECONNREFUSED')
      reject(new ToolFailure('the connection was refused', { retry: 'later', cause }))
      return
    }
    case 'lost':
    case 'cut':
      reject(coded('the connection broke without an answer', 'ECONNRESET'))
      return
    case 'threw':
      reject(answer.error)
  }
}

function coded(text: string, code: string): Error {
  return Object.assign(new Error(text), { code })
}
