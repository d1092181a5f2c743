/** The guards of an agent, in a world: each may have no verdict when it is asked. */

import { hash32 } from '../../core/digest.js'
import type { GuardOptions, Verify } from '../../core/guard.js'
import { isClean } from '../../core/injection.js'
import { canonical } from '../../core/json.js'
import type { ModelAnswer } from '../../core/model.js'
import { guardFault, guardTroubles } from '../fault/approval.js'
import type { Setting } from '../setting.js'
import { type PartBlow, strikePart } from '../struck-part.js'

/** What answers at once is never late. */
const atOnce = { ...guardFault, parameters: { kind: guardTroubles.filter((kind) => kind !== 'timeout') } }
const garbage = 'perhaps'

/** The same guards, each of which may fail. Those that are not the author's own functions or models fail alike. */
export function guardsIn<G extends GuardOptions>(setting: Setting, guards: G): G {
  const { input, verify } = guards
  return {
    ...guards,
    ...(input === undefined ? {} : { input: inputIn(setting, input) }),
    ...(verify === undefined ? {} : { verify: verifyIn(setting, verify) }),
  }
}

function inputIn(setting: Setting, input: NonNullable<GuardOptions['input']>): NonNullable<GuardOptions['input']> {
  const isLetIn = input === true ? isClean : input
  return (text, tool) => {
    const blow = strikePart(setting, [atOnce], siteOf('input', text))
    if (!blow) return isLetIn(text, tool)
    blow.note.landed()
    if (blow.pick('kind') === 'error') throw new Error('the guard failed')
    return garbage as never
  }
}

function verifyIn(setting: Setting, verify: Verify): Verify {
  if (typeof verify === 'function') {
    return (action, options) => {
      const blow = strikePart(setting, [guardFault], siteOf('verify', canonical(action)))
      return blow ? failing(blow, options.signal, garbage as never) : verify(action, options)
    }
  }
  return {
    '~model': true,
    answer: (request) => {
      const blow = strikePart(setting, [guardFault], `guard.verify#t${request.turn}`)
      return blow ? failing(blow, request.signal, unclear) : verify.answer(request)
    },
  }
}

const unclear: ModelAnswer = { text: garbage, calls: [], stop: 'stop', usage: { inputTokens: 0, outputTokens: 0 } }

/** Silence is noticed when whoever asked gives up. */
function failing<T>({ note, pick }: PartBlow, signal: AbortSignal, instead: T): Promise<T> {
  const kind = pick('kind')
  if (kind === 'timeout') return new Promise(() => signal.addEventListener('abort', () => note.landed()))
  note.landed()
  return kind === 'error' ? Promise.reject(new Error('the guard failed')) : Promise.resolve(instead)
}

/** By what is looked at: the order of asking says nothing. */
const siteOf = (guard: string, text: string): string =>
  `guard.${guard}#${(hash32(text) & 0xffff).toString(16).padStart(4, '0')}`
