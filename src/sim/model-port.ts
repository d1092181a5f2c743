/** The scripted model as the model of an agent on our own runtime. */

import type { Timer } from '../core/clock.js'
import { type Model, ModelError, type ModelRequest } from '../core/model.js'
import type { ErrorDetail } from '../core/outcome.js'
import { isAlive, type Scope } from '../kernel/scope.js'
import { paceOf } from './drip.js'
import { type Asker, hearAnswer } from './heard-answer.js'
import type { ModelReply } from './model-reply.js'
import type { ScriptedModel } from './scripted-model.js'
import type { Setting } from './setting.js'

/** How long the runtime waits for a model: what "just before the deadline" means. */
export function modelPort(setting: Setting, model: ScriptedModel, timeoutMs: number): Model {
  return {
    '~model': true,
    answer: (request) =>
      new Promise((resolve, reject) => {
        const current = setting.world.scopes.current()
        if (!current || !isAlive(current)) return
        const scope: Scope = { ...current, lane: 'model', deadline: setting.world.now + timeoutMs }
        let coming: Timer | undefined
        const aborted = (): void => {
          coming?.cancel()
          reject(request.signal.reason as ModelError)
        }
        request.signal.addEventListener('abort', aborted)
        const settled = (): void => request.signal.removeEventListener('abort', aborted)
        const asker: Asker = {
          hear: request.onPartial,
          resolve: (answer) => {
            settled()
            resolve(answer)
          },
          reject: (error) => {
            settled()
            reject(error)
          },
        }
        const pace = request.onPartial && paceOf(setting.world)
        model.ask(questionOf(request), scope, (reply) => {
          if (pace && reply.kind === 'answer' && reply.stream) coming = hearAnswer(reply, reply.stream, pace, asker)
          else if (reply.kind === 'answer') asker.resolve(reply.answer)
          else asker.reject(errorOf(reply))
        })
      }),
  }
}

const questionOf = (request: ModelRequest) => ({
  messages: request.messages,
  tools: request.tools,
  turn: request.turn,
  attempt: request.attempt,
  judged: false,
  streams: request.onPartial !== undefined,
})

function errorOf(reply: Exclude<ModelReply, { kind: 'answer' }>): ModelError {
  if (reply.kind === 'lost')
    return new ModelError({ class: 'connection-lost', text: 'the connection to the model broke', retryable: true })
  if (reply.kind === 'refused') return new ModelError({ class: 'refused', text: reply.text, retryable: false }, 400)
  const after = reply.retryAfter === 'none' ? {} : { afterMs: Number(reply.retryAfter) * 1000 }
  const detail: ErrorDetail = {
    class: reply.status === 429 ? 'rate-limited' : 'unavailable',
    text: `the model answered ${reply.status}`,
    retryable: true,
    ...after,
  }
  return new ModelError(detail, reply.status)
}
