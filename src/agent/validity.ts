/** Whether arguments and results are what a tool's schemas say. */

import { isJson, type Json } from '../core/json.js'
import { type ErrorDetail, failed, type Outcome, ok, unknown } from '../core/outcome.js'
import { check, checkStrict } from '../core/schema.js'
import { type AnyTool, changesWorld } from './tool.js'

/** What is wrong with the arguments; undefined when the schema takes them unchanged. */
export function checkArguments(tool: AnyTool, args: Json): ErrorDetail | undefined {
  const checked = checkStrict(tool.input, args)
  if (checked.ok) return undefined
  return { class: 'invalid-args', text: checked.issues.join('; '), retryable: false }
}

/** A value the output schema accepts, as the tool gave it. Garbage from a write leaves open whether it took effect. */
export function checkOutput(tool: AnyTool, value: unknown): Outcome<Json> {
  const checked = check(tool.output, value)
  if (checked.ok && value === undefined) return ok(null)
  if (checked.ok && isJson(value)) return ok(value)
  const issues = checked.ok ? 'it is no JSON value' : checked.issues.join('; ')
  const text = `the result is not what the tool declares: ${issues}`
  const error: ErrorDetail = { class: 'invalid-output', text, retryable: !changesWorld(tool) }
  return changesWorld(tool) ? unknown(error) : failed(error)
}
