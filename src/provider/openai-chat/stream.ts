/** A Chat Completions answer as a stream of chunks. */

import type { ModelAnswer } from '../../core/model.js'
import type { EncodeContext, StreamOptions } from '../codec.js'
import { dataFrame, type Frame } from '../frame.js'
import { openaiStreamFailure } from '../openai-envelope.js'
import { type Piece, piecesOf } from '../piece.js'
import { chatId, finishReasons, usageOf } from './encode.js'

export function streamChat(answer: ModelAnswer, context: EncodeContext, options: StreamOptions): readonly Frame[] {
  const head = {
    id: chatId(context),
    object: 'chat.completion.chunk',
    created: context.createdAt,
    model: context.model,
    service_tier: 'default',
    system_fingerprint: null,
  }
  // With `include_usage` every chunk but the last has a usage of null.
  const usage = options.usage ? { usage: null } : {}
  const chunk = (part: Frame['part'], delta: object, finish: string | null = null): Frame =>
    dataFrame(part, { ...head, choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }], ...usage })

  const refused = answer.stop === 'refusal'
  const silent = refused || (answer.text === '' && answer.calls.length > 0)
  const frames = [chunk('opening', { role: 'assistant', content: silent ? null : '', refusal: refused ? '' : null })]
  for (const piece of piecesOf(answer, options.collision)) {
    if (piece.of === 'text') frames.push(chunk('text', refused ? { refusal: piece.text } : { content: piece.text }))
    else frames.push(...deltasOf(piece).map(([part, call]) => chunk(part, { tool_calls: [call] })))
  }
  frames.push(chunk('terminal', {}, finishReasons[answer.stop]))
  if (options.usage) frames.push(dataFrame('terminal', { ...head, choices: [], usage: usageOf(answer.usage) }))
  return [...frames, { part: 'terminal', text: 'data: [DONE]\n\n' }]
}

/** Id and name come once, before the arguments. */
function deltasOf(piece: Piece & { of: 'call' }): readonly (readonly [Frame['part'], object])[] {
  const { call, slot: index, text } = piece
  const deltas: (readonly [Frame['part'], object])[] = []
  if (piece.first) {
    const opened = { index, id: call.id, type: 'function', function: { name: call.tool, arguments: '' } }
    deltas.push(['opening', opened])
  }
  if (text !== '') deltas.push(['arguments', { index, function: { arguments: text } }])
  return deltas
}

export const chatFailure = (): Frame => dataFrame('terminal', { error: openaiStreamFailure })
