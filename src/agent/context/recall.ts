/** The tool with which a model reads again what a prompt shows as a reference only. */

import { z } from 'zod'
import type { ContextPolicy } from '../../core/prompt.js'
import { ToolFailure } from '../../core/tool.js'
import type { Run } from '../run.js'
import { type AnyTool, defineTool } from '../tool.js'

/** The text behind a reference; undefined for what was withdrawn, shown once only, or never there. */
export function recallFor({ agent, parts, state }: Run): ((reference: string) => string | undefined) | undefined {
  const { context } = state
  if (!context || !agent.context) return undefined
  return (reference) => {
    const call = state.calls.get(context.calls.get(reference) ?? '')
    if (!call || context.retracted.has(reference)) return undefined
    return agent.context?.tags[call.intent.tool] === 'ephemeral' ? undefined : parts.render(call)
  }
}

const input = z.object({ reference: z.string(), from: z.int().min(0).optional() })
const output = z.object({ text: z.string(), next: z.int().optional() })

/** A page is so short that no page alone fills the budget of results. */
export function recallTool({ budgets }: ContextPolicy): AnyTool {
  const pageLength = Math.max(200, Math.floor(budgets.toolResults / 2))
  return defineTool({
    name: 'recall',
    description: 'Read a result of an earlier call again, by its reference, from a character on',
    effect: 'read',
    input,
    output,
    execute: async ({ reference, from = 0 }, { recall }) => {
      const whole = recall?.(reference)
      if (whole === undefined) throw new ToolFailure(`nothing can be read under ${reference}`, { retry: 'never' })
      const end = from + pageLength
      return { text: whole.slice(from, end), ...(end < whole.length ? { next: end } : {}) }
    },
  })
}
