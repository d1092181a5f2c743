/** Lets only arguments in that the schema takes unchanged, and only results out that the tool declares. */

import { type Layer, withoutAttempt } from './layer.js'

export const validated: Layer = (next) => async (work) => {
  const { run, call, tool } = work
  const error = run.parts.checkArguments(tool, call.intent.args ?? null)
  if (error) return withoutAttempt(error)
  const answer = await next(work)
  if (answer.outcome.kind !== 'ok') return answer
  // An attempt that went well says no more than this; a spread here costs each answer a hidden class of its own.
  const { isAttempt, late } = answer
  return { outcome: run.parts.checkOutput(tool, answer.outcome.value), isAttempt, ...(late && { late }) }
}
