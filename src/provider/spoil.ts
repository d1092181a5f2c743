/** A 200 that is not what its format promises: no answer, or one that says nothing of its usage. */

import type { AnswerReply, BadBody } from '../sim/model-reply.js'
import type { WireAnswer } from './codec.js'
import { proxyPage } from './error-text.js'
import type { Frame } from './frame.js'

export function spoiltAnswer(whole: WireAnswer, { body, unmetered }: AnswerReply): WireAnswer {
  if (body) return badBody(whole, body)
  return unmetered ? { ...whole, body: edited(whole.body, withoutUsage) } : whole
}

/** The page is one of those that stand between a client and its provider. */
function badBody(answer: WireAnswer, body: BadBody): WireAnswer {
  if (body === 'empty') return { ...answer, body: '' }
  if (body === 'no-choices') return { ...answer, body: edited(answer.body, withoutContent) }
  if (body === 'broken-json') return { ...answer, body: answer.body.slice(0, answer.body.length >> 1) }
  return { status: 200, headers: { 'content-type': 'text/html' }, body: proxyPage('Please sign in') }
}

const dataLine = /^data: (\{.*\})$/m

/** The frames of a stream without any usage. */
export const unmeteredFrames = (frames: readonly Frame[]): readonly Frame[] =>
  frames.map((frame) => ({
    ...frame,
    text: frame.text.replace(dataLine, (_line, data: string) => `data: ${edited(data, withoutUsage)}`),
  }))

type Fields = Record<string, unknown>

const edited = (json: string, edit: (body: Fields) => Fields): string => JSON.stringify(edit(JSON.parse(json)))

/** Where each format has its answers: the field that every reader takes for granted is there, and empty. */
const withoutContent = (body: Fields): Fields =>
  Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      name === 'choices' || name === 'output' || name === 'content' ? [] : value,
    ]),
  )

/** Beside the answer, or within the event that brings it. */
function withoutUsage({ usage: _usage, ...body }: Fields): Fields {
  const inner = (name: 'message' | 'response'): Fields => {
    const value = body[name]
    return typeof value === 'object' && value !== null ? { [name]: withoutUsage(value as Fields) } : {}
  }
  return { ...body, ...inner('message'), ...inner('response') }
}
