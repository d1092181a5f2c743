/** Another call than the one that was meant, as its tool would take it. */

import type { JsonSchema } from '../../../core/json-schema.js'
import type { Played } from '../../play.js'
import { inputSchemaOf, type Spoilt } from '../model-fault.js'

type Change = (input: unknown, schema: JsonSchema | undefined) => unknown

/** The first call that can be another one is; undefined where none can. */
export function withOtherInput(
  { played, tools }: Pick<Spoilt, 'played' | 'tools'>,
  change: Change,
): Played | undefined {
  for (const [at, call] of played.calls.entries()) {
    const input = change(call.input, inputSchemaOf(tools, call.tool))
    if (input !== undefined) return { ...played, calls: played.calls.with(at, { ...call, input }) }
  }
  return undefined
}
