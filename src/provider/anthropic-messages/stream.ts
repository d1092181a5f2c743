/** An Anthropic Messages answer as a stream of events. */

import type { ModelAnswer } from '../../core/model.js'
import type { EncodeContext, StreamOptions } from '../codec.js'
import { eventFrame, type Frame } from '../frame.js'
import { type Piece, piecesOf } from '../piece.js'
import { messageOf, usageOf } from './encode.js'

export function streamAnthropic(answer: ModelAnswer, context: EncodeContext, options: StreamOptions): readonly Frame[] {
  const whole = messageOf(answer, context)
  const { stop_reason, stop_sequence, stop_details } = whole
  const begun = { ...answer.usage, outputTokens: 1 }
  const message = { ...whole, content: [], stop_reason: null, stop_details: null, usage: usageOf(begun) }
  const before = answer.text === '' ? 0 : 1
  const frames = [eventFrame('opening', { type: 'message_start', message } as Event)]
  for (const piece of piecesOf(answer, options.collision))
    frames.push(...framesOf(piece, piece.of === 'text' ? 0 : before + piece.slot))
  // A ping comes before the first delta.
  frames.splice(2, 0, eventFrame('opening', { type: 'ping' }))
  const delta = { stop_reason, stop_sequence, stop_details }
  const usage = { output_tokens: answer.usage.outputTokens }
  return [
    ...frames,
    eventFrame('terminal', { type: 'message_delta', delta, usage } as Event),
    eventFrame('terminal', { type: 'message_stop' }),
  ]
}

type Event = { readonly type: string }

function framesOf(piece: Piece, index: number): readonly Frame[] {
  const frames: Frame[] = []
  const isText = piece.of === 'text'
  if (piece.first) {
    const block = isText
      ? { type: 'text', text: '' }
      : { type: 'tool_use', id: piece.call.id, name: piece.call.tool, input: {} }
    frames.push(eventFrame('opening', { type: 'content_block_start', index, content_block: block } as Event))
    // Arguments begin with an empty delta.
    if (!isText) frames.push(deltaFrame('opening', index, { type: 'input_json_delta', partial_json: '' }))
  }
  if (isText) frames.push(deltaFrame('text', index, { type: 'text_delta', text: piece.text }))
  else if (piece.text !== '')
    frames.push(deltaFrame('arguments', index, { type: 'input_json_delta', partial_json: piece.text }))
  if (piece.last) frames.push(eventFrame('closing', { type: 'content_block_stop', index } as Event))
  return frames
}

const deltaFrame = (part: Frame['part'], index: number, delta: object): Frame =>
  eventFrame(part, { type: 'content_block_delta', index, delta } as Event)

/** The provider fails after it has said 200. */
export const anthropicFailure = (): Frame =>
  eventFrame('terminal', { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } } as Event)
