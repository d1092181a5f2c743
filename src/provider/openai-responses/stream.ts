/** A Responses answer as a stream of events, each with its number. */

import type { ModelAnswer } from '../../core/model.js'
import type { EncodeContext, StreamOptions } from '../codec.js'
import { eventFrame, type Frame } from '../frame.js'
import { openaiStreamFailure } from '../openai-envelope.js'
import { type Piece, piecesOf } from '../piece.js'
import { callItem, contentPart, hasMessage, messageItem, responseOf } from './encode.js'

type Write = (part: Frame['part'], type: string, data: object) => void

export function streamResponses(answer: ModelAnswer, context: EncodeContext, options: StreamOptions): readonly Frame[] {
  const frames: Frame[] = []
  const write: Write = (part, type, data) => {
    const numbered = { type, ...data, sequence_number: frames.length }
    frames.push(eventFrame(part, numbered))
  }
  const whole = responseOf(answer, context)
  const begun = { ...whole, status: 'in_progress', incomplete_details: null, output: [], usage: null }
  write('opening', 'response.created', { response: begun })
  write('opening', 'response.in_progress', { response: begun })
  const before = hasMessage(answer) ? 1 : 0
  const pieces = piecesOf(answer, options.collision)
  // A message without text is a message all the same.
  if (before === 1 && answer.text === '')
    writeText(write, answer, context, { of: 'text', text: '', first: true, last: true })
  for (const piece of pieces) {
    if (piece.of === 'text') writeText(write, answer, context, piece)
    else writeCall(write, answer, context, piece, before + piece.slot)
  }
  write('terminal', `response.${whole.status}`, { response: whole })
  return frames
}

function writeText(write: Write, answer: ModelAnswer, context: EncodeContext, piece: Piece): void {
  const done = messageItem(answer, context)
  const kind = answer.stop === 'refusal' ? 'refusal' : 'output_text'
  const at = { item_id: done.id, output_index: 0, content_index: 0 }
  const logprobs = kind === 'output_text' ? { logprobs: [] } : {}
  if (piece.first) {
    write('opening', 'response.output_item.added', {
      output_index: 0,
      item: { ...done, status: 'in_progress', content: [] },
    })
    write('opening', 'response.content_part.added', { ...at, part: contentPart(answer, '') })
  }
  if (piece.text !== '') write('text', `response.${kind}.delta`, { ...at, delta: piece.text, ...logprobs })
  if (!piece.last) return
  const field = kind === 'refusal' ? { refusal: answer.text } : { text: answer.text }
  write('closing', `response.${kind}.done`, { ...at, ...field, ...logprobs })
  write('closing', 'response.content_part.done', { ...at, part: contentPart(answer, answer.text) })
  write('closing', 'response.output_item.done', { output_index: 0, item: done })
}

function writeCall(
  write: Write,
  answer: ModelAnswer,
  context: EncodeContext,
  piece: Piece & { of: 'call' },
  output_index: number,
): void {
  const done = callItem(answer, context, piece.index)
  const at = { item_id: done.id, output_index }
  if (piece.first) {
    const begun = { ...done, status: 'in_progress', arguments: '' }
    write('opening', 'response.output_item.added', { output_index, item: begun })
  }
  if (piece.text !== '') write('arguments', 'response.function_call_arguments.delta', { ...at, delta: piece.text })
  if (!piece.last) return
  const { name, arguments: text } = done
  write('closing', 'response.function_call_arguments.done', { ...at, name, arguments: text })
  write('closing', 'response.output_item.done', { output_index, item: done })
}

/** The provider fails after it has said 200. */
export const responsesFailure = (sequence_number: number): Frame =>
  eventFrame('terminal', {
    type: 'error',
    ...{ code: openaiStreamFailure.type, message: openaiStreamFailure.message, param: null, sequence_number },
  })
