/** An answer in pieces as the stream parts of the AI SDK. */

import type { StopReason, Usage } from '../core/model.js'
import type { ScriptedPiece, ScriptedStream } from '../platform/chat-wire-scripted.js'

interface OpenCall {
  readonly index: number
  readonly id: string
  readonly toolName: string
  input: string
}

interface Words {
  readonly finishReason: (stop: StopReason | 'error') => unknown
  readonly usage: (usage: Usage | undefined) => object
}

/** The pieces again, once the first that is output has come. What fails before it is thrown: nothing is lost by another try. */
export async function onceBegun({ headers, pieces }: ScriptedStream): Promise<ScriptedStream> {
  const read: ScriptedPiece[] = []
  try {
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
      const piece = next.value
      read.push(piece)
      if (piece.type === 'failed') throw new FailedBeforeOutput(500, textIn(piece.error), headers, piece.error)
      if (piece.type === 'text' || piece.type === 'refusal' || piece.type === 'call') break
    }
  } catch (error) {
    throw error instanceof TypeError
      ? new FailedBeforeOutput(200, 'Failed to process successful response', headers, undefined)
      : error
  }
  return { headers, pieces: followed(read, pieces) }
}

/** A stream that was over before it said anything. `data` is what the provider said instead. */
export class FailedBeforeOutput extends Error {
  readonly status: number
  readonly headers: Headers
  readonly data: unknown

  constructor(status: number, message: string, headers: Headers, data: unknown) {
    super(message)
    this.status = status
    this.headers = headers
    this.data = data
  }
}

const textIn = (error: unknown): string => String((error as { readonly message?: unknown } | null)?.message)

async function* followed(read: readonly ScriptedPiece[], rest: AsyncGenerator<ScriptedPiece, void>) {
  yield* read
  yield* rest
}

/** A call is made when the stream ends, with the arguments that came, whole or not. */
export async function* partsOf(pieces: AsyncIterable<ScriptedPiece>, words: Words): AsyncGenerator<object, void> {
  const calls: OpenCall[] = []
  let isOpen = false
  let stop: StopReason | 'error' = 'other'
  let usage: Usage | undefined
  yield { type: 'stream-start', warnings: [] }
  for await (const piece of pieces) {
    if (piece.type === 'begin') yield { type: 'response-metadata', id: piece.id }
    else if (piece.type === 'usage') usage = piece.usage
    else if (piece.type === 'end') stop = piece.stop
    else if (piece.type === 'failed') {
      stop = 'error'
      yield { type: 'error', error: piece.error }
    } else if (piece.type === 'call') yield* callParts(calls, piece)
    else {
      if (!isOpen) yield { type: 'text-start', id: '0' }
      isOpen = true
      yield { type: 'text-delta', id: '0', delta: piece.text }
    }
  }
  if (isOpen) yield { type: 'text-end', id: '0' }
  for (const { id, toolName, input } of calls) {
    yield { type: 'tool-input-end', id }
    yield { type: 'tool-call', toolCallId: id, toolName, input }
  }
  yield { type: 'finish', finishReason: words.finishReason(stop), usage: words.usage(usage) }
}

type CallPiece = ScriptedPiece & { readonly type: 'call' }

/** Another id under an index that is taken begins another call. */
function* callParts(calls: OpenCall[], piece: CallPiece): Generator<object, void> {
  let call = calls.findLast(({ index, id }) => index === piece.index && (piece.id ?? id) === id)
  if (!call) {
    call = { index: piece.index, id: piece.id ?? '', toolName: piece.name ?? '', input: '' }
    calls.push(call)
    yield { type: 'tool-input-start', id: call.id, toolName: call.toolName }
  }
  if (piece.arguments === '') return
  call.input += piece.arguments
  yield { type: 'tool-input-delta', id: call.id, delta: piece.arguments }
}
