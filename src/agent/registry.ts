/** Which tools a run has: those on offer in a turn, and the versions its open calls were made for. */

import { requireThat } from '../core/definition.js'
import { digest } from '../core/digest.js'
import type { Intent, LogEvent } from '../core/event.js'
import { type ErrorDetail, failed, final, unknown } from '../core/outcome.js'
import { type Schema, toJsonSchema } from '../core/schema.js'
import type { ToolSpec } from '../core/tool.js'
import { toolNamed } from './agent.js'
import { rejected, settled } from './layer/layer.js'
import type { Run } from './run.js'
import { type CallState, effectOf } from './state.js'
import type { AnyTool } from './tool.js'

/** The record of what is on offer from this turn on, if that is another set than before. */
export function offering({ agent, state }: Run, turn: number): readonly LogEvent[] {
  if (!agent.toolsAt) return []
  const tools = [...new Set(agent.toolsAt(turn))].sort()
  const strange = tools.find((name) => !toolNamed(agent, name))
  const problem = `toolsAt(${turn}) names ${strange}, which the agent does not have`
  requireThat(strange === undefined, problem, 'list every tool of the agent in `tools`; toolsAt chooses among them')
  return state.offered?.join('\n') === tools.join('\n') ? [] : [{ type: 'tools-offered', turn, tools }]
}

/** What the model is told of, in name order. */
export const specsOnOffer = ({ agent, state }: Run): readonly ToolSpec[] =>
  state.offered ? agent.specs.filter(({ name }) => state.offered?.includes(name)) : agent.specs

/** The tool of that name, if it is on offer now. */
export const toolOnOffer = ({ agent, state }: Run, name: string): AnyTool | undefined =>
  state.offered && !state.offered.includes(name) ? undefined : toolNamed(agent, name)

const fingerprints = new WeakMap<Schema, string>()

function fingerprint(schema: Schema): string {
  const made = fingerprints.get(schema) ?? digest(toJsonSchema(schema) ?? null)
  fingerprints.set(schema, made)
  return made
}

/** The declared version and the fingerprint of the schemas, `2+9f…`; undefined for a tool without a version. */
export const versionOf = ({ version, input, output }: AnyTool): string | undefined =>
  version === undefined ? undefined : `${version}+${digest([fingerprint(input), fingerprint(output)])}`

/** Why a call that the log holds open cannot run with the tools there are now. */
export function drift({ intent }: CallState, tool: AnyTool | undefined): ErrorDetail | undefined {
  if (!tool) return gone(intent, 'the agent no longer has this tool')
  const now = versionOf(tool)
  if (intent.version === now) return undefined
  const made = intent.version ?? 'none'
  return gone(intent, `the call was made for version ${made} of the tool, which is now ${now ?? 'none'}`)
}

const gone = ({ tool }: Intent, why: string): ErrorDetail =>
  final('unknown-tool', `${tool}: ${why}; propose the call anew`)

/** The terminal record of such a call: refused if it never began, else what its attempts leave known. */
export function settleDrifted(call: CallState, error: ErrorDetail): readonly LogEvent[] {
  const { call: path, tool, effect } = call.intent
  const { attempts } = call
  if (attempts === 0) return [rejected(call.intent, error)]
  const isOpen = call.phase === 'orphaned'
  const isDoubtful = effect !== 'read' && (isOpen || effectOf(call) !== 'none')
  const outcome = (isDoubtful ? unknown : failed)(error)
  const end: LogEvent = { type: 'attempt-end', call: path, tool, attempt: attempts, outcome: outcome.kind, error }
  return [...(isOpen ? [end] : []), settled(call, outcome)]
}
