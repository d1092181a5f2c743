/** A subagent in a world: what its model and its log do in one attempt at its task, when that attempt is struck. */

import { type Model, type ModelAnswer, ModelError, type ModelRequest } from '../core/model.js'
import { badResponse, connectionLost } from '../core/model-refusal.js'
import { type Store, StoreError } from '../core/store.js'
import type { FaultNote } from './fault/note.js'
import { childFaults, subagentHangs, subagentPauses } from './fault/subagent.js'
import type { Setting } from './setting.js'
import { strikePart } from './struck-part.js'

interface ChildPorts {
  readonly model: Model
  readonly store: Store
}

/** The same ports, struck for this attempt alone; a subagent that is only told to stop is left in peace. `setting`: its own. */
export function strikeChild<P extends ChildPorts>(setting: Setting, ports: P): P {
  const attempt = setting.world.scopes.current()?.attempt
  if (attempt === undefined) return ports
  const blow = strikePart(setting, childFaults, `subagent/a${attempt}`)
  if (!blow) return ports
  const { fault, note, pick } = blow
  const from = Number(pick('from'))
  if (fault === subagentHangs.name) return { ...ports, model: struck(setting, ports.model, from, hang(note)) }
  if (fault === subagentPauses.name) {
    const stand = pause(setting, note, ports.model, Number(pick('ms')))
    return { ...ports, model: struck(setting, ports.model, from, stand) }
  }
  const mode = pick('mode')
  if (mode === 'crash') return lost(setting, note, ports, from)
  return { ...ports, model: struck(setting, ports.model, from, failing(note, ports.model, mode)) }
}

type Answer = (request: ModelRequest) => Promise<ModelAnswer>

const struck = ({ world }: Setting, model: Model, from: number, instead: Answer): Model => ({
  ...model,
  answer: (request) => (request.turn < from || world.tape.calm ? model.answer(request) : instead(request)),
})

/** Silence is noticed when whoever asked gives up. */
const hang =
  (note: FaultNote): Answer =>
  ({ signal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        note.landed()
        reject(signal.reason as Error)
      })
    })

/** All that is asked until the pause is over is answered then. */
function pause({ world }: Setting, note: FaultNote, model: Model, ms: number): Answer {
  let until: number | undefined
  return async (request) => {
    until ??= world.now + ms
    const answer = await model.answer(request)
    const left = until - world.now
    if (left > 0) await new Promise<void>((resolve) => void world.timer(left, resolve))
    note.landed()
    return answer
  }
}

const refusals: Readonly<Record<string, () => ModelError>> = {
  error: () => new ModelError({ class: 'permanent', text: 'the model answered 401', retryable: false, status: 401 }),
  empty: () => badResponse('nothing'),
}

/** A last word is cut short; a turn with calls is not the last. */
const failing =
  (note: FaultNote, model: Model, mode: string): Answer =>
  async (request) => {
    const refusal = refusals[mode]?.()
    if (refusal) {
      note.landed()
      throw refusal
    }
    const answer = await model.answer(request)
    if (answer.calls.length > 0) return answer
    note.landed()
    return { ...answer, text: answer.text.slice(0, Math.ceil(answer.text.length / 2)), stop: 'length' }
  }

/** From the model call that strikes it on, nothing of it reaches its log. */
function lost<P extends ChildPorts>(setting: Setting, note: FaultNote, ports: P, from: number): P {
  const { world } = setting
  const { model, store } = ports
  let isLost = false
  const away = <T>(operation: () => Promise<T>): Promise<T> => {
    if (!isLost || world.tape.calm) return operation()
    note.landed()
    return Promise.reject(new StoreError('the log of the subagent is away', 'no'))
  }
  return {
    ...ports,
    model: struck(setting, model, from, () => {
      isLost = true
      return Promise.reject(connectionLost())
    }),
    store: {
      ...store,
      open: (...given) => away(() => store.open(...given)),
      read: (session) => away(() => store.read(session)),
      append: (...given) => away(() => store.append(...given)),
    },
  }
}
