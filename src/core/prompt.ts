/** What a prompt is made of, how much of the conversation it may show, and the port to whoever sums up the rest. */

import { requireThat, requireWhole } from './definition.js'
import { estimate } from './estimate.js'
import type { Committed } from './event.js'
import type { Model } from './model.js'

/** `untrusted`: made by a tool, a model or a third party. It may inform and never instruct. */
export type Trust = 'trusted' | 'untrusted'

export type SegmentName = 'system' | 'goal' | 'tools' | 'documents' | 'history' | 'toolResults'

/** `history` holds what the model said, and the summary of what is no longer shown. */
export interface Segment {
  readonly name: SegmentName
  readonly tokens: number
  /** The most it may take; absent: bounded by the window alone. */
  readonly budget?: number
  readonly trust: Trust
  /** Calls in `history`, results in `toolResults`, items in `documents`. */
  readonly items?: number
}

/** Tokens a segment may take. */
export interface Budgets {
  readonly system: number
  readonly history: number
  readonly documents: number
  readonly toolResults: number
}

/** A model, asked without tools, or any function. What it returns is used only if it is a text that could be a summary. */
export type Summarise =
  | Model
  | ((text: string, options: { maxTokens: number; signal: AbortSignal }) => string | Promise<string>)

/** How much of its conversation an agent shows its model, as its author declares it. */
export interface ContextOptions {
  /** What the model takes, prompt and answer together. */
  readonly windowTokens: number
  /** Kept free for the answer. Default: a tenth of the window, 4,000 at most. */
  readonly reserveTokens?: number
  /** Default: system 2,000, history 10,000, documents 20,000, toolResults 5,000. */
  readonly budgets?: Partial<Budgets>
  /** The last turns, which are always shown. Default 3. */
  readonly keepTurns?: number
  /** Default: what is let go leaves no summary. */
  readonly summarise?: Summarise
  /** By tool. `ephemeral`: a result is shown once; `persistent`: always. */
  readonly tags?: Readonly<Record<string, 'ephemeral' | 'persistent'>>
  /** Which results are bad: a pure function, asked before each turn with those that are shown; it may name others too. */
  readonly retract?: (shown: readonly Committed[]) => readonly { readonly call: string; readonly reason: string }[]
}

const defaultBudgets: Budgets = { system: 2_000, history: 10_000, documents: 20_000, toolResults: 5_000 }

export type ContextPolicy = Required<Omit<ContextOptions, 'summarise' | 'retract' | 'budgets'>> &
  Pick<ContextOptions, 'summarise' | 'retract'> & { readonly budgets: Budgets }

/** How much of a conversation a prompt shows. Throws a `config` error for bounds that no prompt could keep. */
export function contextPolicy(options: ContextOptions, instructions: string): ContextPolicy {
  const { windowTokens, keepTurns = 3, tags = {}, reserveTokens: reserve, budgets: asked, ...work } = options
  const reserveTokens = reserve ?? Math.min(4_000, Math.floor(windowTokens / 10))
  const budgets = { ...defaultBudgets, ...asked }
  requireWhole('context', { windowTokens, reserveTokens, ...budgets }, 0)
  requireWhole('context', { keepTurns }, 1)
  const isRoom = reserveTokens < windowTokens
  requireThat(isRoom, `a window of ${windowTokens} tokens cannot hold a reserve of ${reserveTokens}`)
  const system = estimate(instructions)
  const problem = `the instructions take ${system} tokens, the budget is ${budgets.system}`
  requireThat(system <= budgets.system, problem, 'shorten them, or raise `context.budgets.system`')
  return { windowTokens, reserveTokens, budgets, keepTurns, tags, ...work }
}
