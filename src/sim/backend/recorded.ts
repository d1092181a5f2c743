/** Services that answer as they did in a recorded conversation, and no further. */

import { canonical } from '../../core/json.js'
import type { InferOut, Schema } from '../../core/schema.js'
import { ToolFailure } from '../../core/tool.js'

/** What came back when a tool was called with this input: an answer, or a failure. */
export interface Recorded<O> {
  readonly input: unknown
  readonly answer?: O
  readonly failure?: string
  /** How many recorded writes had been done before, where the same input was answered in several ways. */
  readonly after?: number
}

/** How far the recording has been followed. */
export interface Replay {
  writes: number
  /** How often each was given, by the first record of its input. */
  readonly times: Map<object, number>
}

export const replay = (): Replay => ({ writes: 0, times: new Map() })

type Answering<O> = (state: Replay, input: unknown) => O

/** The answer recorded for this input, as things stood. Refuses what nobody recorded with "404 not found". The schema gives its type. */
export function recordedRead<S extends Schema>(
  _output: S,
  records: readonly Recorded<InferOut<S>>[],
): Answering<InferOut<S>> {
  return ({ writes }, input) => {
    const known = matching(records, input)
    return answered(known.findLast(({ after = 0 }) => after <= writes) ?? known[0])
  }
}

/** The first time the first answer recorded for this input, then the next; the last one from then on. */
export function recordedWrite<S extends Schema>(
  _output: S,
  records: readonly Recorded<InferOut<S>>[],
): Answering<InferOut<S>> {
  return (state, input) => {
    const known = matching(records, input)
    const [first] = known
    const times = (first && state.times.get(first)) ?? 0
    if (first) state.times.set(first, times + 1)
    const answer = answered(known[Math.min(times, known.length - 1)])
    state.writes++
    return answer
  }
}

const matching = <O>(records: readonly Recorded<O>[], input: unknown): readonly Recorded<O>[] => {
  const asked = canonical(input)
  return records.filter((record) => canonical(record.input) === asked)
}

function answered<O>(record: Recorded<O> | undefined): O {
  if (record === undefined) throw new ToolFailure('404 not found: this was not recorded', { retry: 'never' })
  if (record.failure !== undefined) throw new ToolFailure(record.failure, { retry: 'never' })
  return record.answer as O
}
