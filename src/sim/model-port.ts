/** The scripted model as the model of an agent on our own runtime. */

import { type Model, type ModelAnswer, ModelError, type ModelRequest } from '../core/model.js'
import { connectionLost } from '../core/model-refusal.js'
import type { ErrorDetail } from '../core/outcome.js'
import { isAlive, type Scope } from '../kernel/scope.js'
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
        const aborted = (): void => reject(request.signal.reason as ModelError)
        request.signal.addEventListener('abort', aborted)
        model.ask(questionOf(request), scope, (reply) => {
          request.signal.removeEventListener('abort', aborted)
          settle(reply, resolve, reject)
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
})

function settle(reply: ModelReply, resolve: (answer: ModelAnswer) => void, reject: (error: ModelError) => void): void {
  if (reply.kind === 'answer') resolve(reply.answer)
  else reject(errorOf(reply))
}

function errorOf(reply: Exclude<ModelReply, { kind: 'answer' }>): ModelError {
  if (reply.kind === 'lost') return connectionLost()
  if (reply.kind === 'refused')
    return new ModelError({ class: 'refused', text: reply.text, retryable: false, status: 400 })
  const after = reply.retryAfter === 'none' ? {} : { afterMs: Number(reply.retryAfter) * 1000 }
  const detail: ErrorDetail = {
    class: reply.status === 429 ? 'rate-limited' : 'unavailable',
    text: `the model answered ${reply.status}`,
    retryable: true,
    status: reply.status,
    ...after,
  }
  return new ModelError(detail)
}
