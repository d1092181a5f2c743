/** The scripted model as the model of an agent on our own runtime. */

import type { Timer } from '../core/clock.js'
import { type Model, ModelError, type ModelRequest } from '../core/model.js'
import { badResponse, connectionLost } from '../core/model-refusal.js'
import { isAlive, type Scope } from '../kernel/scope.js'
import { paceOf } from './drip.js'
import { type Asker, hearAnswer } from './heard-answer.js'
import type { ModelReply } from './model-reply.js'
import { refusedRequest } from './refused-request.js'
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
        const pace = request.onPartial && paceOf(setting.world)
        const asker: Listener = pace ? untilAborted(request, resolve, reject) : { hear: undefined, resolve, reject }
        model.ask(questionOf(request), scope, (reply) => {
          if (pace && reply.kind === 'answer' && reply.stream)
            asker.coming = hearAnswer(reply, reply.stream, pace, asker)
          else if (reply.kind === 'answer' && !reply.body) asker.resolve(reply.answer)
          else asker.reject(errorOf(reply, scope))
        })
      }),
  }
}

interface Listener extends Asker {
  /** What still comes, when the asker stops to listen. */
  coming?: Timer
}

/** Whoever is not sent pieces needs no signal: an answer that nobody waits for changes nothing. */
function untilAborted(
  { signal, onPartial }: ModelRequest,
  resolve: Asker['resolve'],
  reject: Asker['reject'],
): Listener {
  const aborted = (): void => {
    asker.coming?.cancel()
    reject(signal.reason as ModelError)
  }
  signal.addEventListener('abort', aborted)
  const settled = (): void => signal.removeEventListener('abort', aborted)
  const asker: Listener = {
    hear: onPartial,
    resolve: (answer) => {
      settled()
      resolve(answer)
    },
    reject: (error) => {
      settled()
      reject(error)
    },
  }
  return asker
}

const questionOf = (request: ModelRequest) => ({
  messages: request.messages,
  tools: request.tools,
  turn: request.turn,
  attempt: request.attempt,
  judged: false,
  streams: request.onPartial !== undefined,
})

function errorOf(reply: ModelReply, scope: Scope): ModelError {
  switch (reply.kind) {
    case 'lost':
      return connectionLost()
    case 'refused':
      return new ModelError({ class: 'refused', text: reply.text, retryable: false, status: 400 })
    case 'error':
      return refusedRequest(reply, scope)
    case 'answer':
      return badResponse('no answer')
  }
}
