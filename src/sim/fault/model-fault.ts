/** A fault of the language model or its provider: what comes instead of the answer it would have given. */

import type { JsonSchema } from '../../core/json-schema.js'
import type { ToolSpec } from '../../core/tool.js'
import type { Habit } from '../habit.js'
import type { ModelReply } from '../model-reply.js'
import type { Played } from '../play.js'
import type { EarlierCall } from '../prompt.js'
import type { FaultDefinition } from './fault.js'

/** The answer that is struck. */
export interface Spoilt {
  readonly played: Played
  readonly turn: number
  readonly streams: boolean
  /** What the model may call. */
  readonly tools: readonly ToolSpec[]
  /** What it has called before, with what came of it; in order. */
  readonly earlier: () => readonly EarlierCall[]
  /** Whether the tool has another agent do its task. */
  readonly isSubagent: (tool: string) => boolean
  /** Chooses one of the fault's own `parameters`. */
  readonly pick: (parameter: string) => string
}

export interface ModelFault extends FaultDefinition {
  readonly chosenAs: 'outcome'
  /** Which answers it can strike. */
  readonly on: 'any' | 'calls' | 'batches'
  /** Only where the prompt was answered before, shows calls of earlier turns, or is answered by a call of a subagent. Default: everywhere. */
  readonly when?: 'again' | 'later' | 'delegates'
  /** Only an answer that streams, or only one that does not. Default: either. */
  readonly streamed?: boolean
  /**
   * The reply, after how many milliseconds it comes, and to how many attempts of the turn in a row; default one. With a habit the
   * fault lands where that changes something.
   */
  readonly spoil: (spoilt: Spoilt) => readonly [reply: ModelReply, afterMs: number, times?: number, habit?: Habit]
}

export const answerAfterMs = 1_000

export const inputSchemaOf = (tools: readonly ToolSpec[], name: string): JsonSchema | undefined =>
  tools.find((tool) => tool.name === name)?.inputSchema as JsonSchema | undefined

export const modelFault = { family: 'model', tolerated: true, chosenAs: 'outcome', parameters: {} } as const
