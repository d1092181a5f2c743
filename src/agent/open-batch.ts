/** Opens the batch of a turn: every proposed call gets its identity, and what cannot run is refused at once. */

import { dependsOnItself, serialOrder } from '../core/batch-order.js'
import { callPath } from '../core/call.js'
import { digest } from '../core/digest.js'
import type { Intent, LogEvent } from '../core/event.js'
import { copy } from '../core/json.js'
import type { ProposedCall } from '../core/message.js'
import { type ErrorDetail, final, refusal } from '../core/outcome.js'
import { toolNamed } from './agent.js'
import { rejected } from './layer/layer.js'
import { specsOnOffer, toolOnOffer, versionOf } from './registry.js'
import type { Run } from './run.js'
import type { CallState, RunState } from './state.js'
import type { BatchCall } from './tool.js'

/** `batch-open`, and a `call-rejected` for each call that will not run; its siblings do. */
export function openBatch(run: Run, turn: number, calls: readonly ProposedCall[]): readonly LogEvent[] {
  const ids = new Set<string>()
  const matched = new Set<string>()
  const proposals = calls.map((proposed, index): Proposal => {
    const call = callPath(turn, index)
    const id = run.parts.idOf(proposed.id, call, (used) => ids.has(used) || run.state.ids.has(used))
    ids.add(id)
    const proposal = identify(run, proposed, plainIntent(run, proposed, call, id), index, matched)
    if (proposal.intent.reissueOf !== undefined) matched.add(proposal.intent.reissueOf)
    return proposal
  })
  const bound = bind(run, proposals)
  const refusals = bound.flatMap(({ intent, refused }) => (refused ? [rejected(intent, refused)] : []))
  return [{ type: 'batch-open', turn, calls: bound.map(({ intent }) => intent) }, ...refusals]
}

function identify(run: Run, proposed: ProposedCall, plain: Intent, index: number, matched: Set<string>): Proposal {
  const tool = toolOnOffer(run, proposed.tool)
  const { callsPerTurn } = run.agent.limits
  const refusing = (refused: ErrorDetail): Proposal => ({ intent: plain, refused })
  if (index >= callsPerTurn) return refusing(refusal(`only ${callsPerTurn} calls are allowed in one turn`))
  if (!tool) return refusing(unknownTool(run, proposed.tool))
  const parsed = run.parts.parseArguments(proposed.arguments)
  if (!parsed.ok) return refusing(parsed.error)
  // Not `{ ...plain, args }`: V8 gives each object written so a hidden class of its own, and whoever reads intents is slow.
  const intent = Object.assign(plain, { args: parsed.value, argsDigest: digest(parsed.value) })
  const earlier = run.parts.matchIntent(run.state, tool.name, intent.argsDigest, (path) => matched.has(path))
  if (!earlier) return { intent }
  if (tool.idempotency === 'none') return { intent, refused: alreadyTried(earlier) }
  return { intent: { ...intent, key: earlier.intent.key, reissueOf: earlier.intent.call } }
}

function plainIntent(run: Run, proposed: ProposedCall, call: string, id: string): Intent {
  const tool = toolOnOffer(run, proposed.tool)
  const version = tool && versionOf(tool)
  return {
    call,
    id,
    tool: proposed.tool,
    effect: tool?.effect ?? 'read',
    proposed: proposed.arguments,
    key: run.parts.keyOf(run.session, call),
    ...(version === undefined ? {} : { version }),
  }
}

function unknownTool(run: Run, name: string): ErrorDetail {
  const known = specsOnOffer(run).map((spec) => spec.name)
  return final('unknown-tool', `there is no tool ${JSON.stringify(name)}; the tools are ${known.join(', ') || 'none'}`)
}

function alreadyTried(earlier: CallState): ErrorDetail {
  const known = earlier.applied ? 'took effect' : 'may have taken effect'
  return refusal(`an earlier call with these arguments, ${earlier.intent.call}, ${known}; it must not be made twice`)
}

export interface Proposal {
  readonly intent: Intent
  readonly refused?: ErrorDetail
}

/** The proposals with their dependencies, resources and twins. A dependency that is missing or cyclic refuses its call. */
function bind(run: Run, proposals: readonly Proposal[]): readonly Proposal[] {
  const isPlain = ({ intent }: Proposal): boolean => {
    const tool = toolNamed(run.agent, intent.tool)
    return !tool?.dependsOn && !tool?.resources && !tool?.dedupe
  }
  if (proposals.every(isPlain)) return proposals
  const batch = proposals.map(({ intent: { call, tool, args = null } }): BatchCall => ({ call, tool, input: args }))
  const bound = proposals.map((proposal, index) =>
    isPlain(proposal) ? proposal : declare(run, proposal, batch, proposals.slice(0, index)),
  )
  const paths = new Set(batch.map(({ call }) => call))
  const intents = bound.map(({ intent }) => intent)
  const ordered = new Set(serialOrder(intents))
  return bound.map((proposal) => {
    const { intent, refused } = proposal
    if (refused || !intent.dependsOn) return proposal
    const missing = intent.dependsOn.find((path) => !paths.has(path))
    if (missing !== undefined)
      return refuse(intent, 'dependency-missing', `it depends on ${missing}, which is no call of this batch`)
    if (ordered.has(intent) || !dependsOnItself(intents, intent)) return proposal
    return refuse(intent, 'dependency-cycle', 'it depends on itself, through the calls it depends on')
  })
}

/** Only arguments that the schema takes are shown to the tool's functions; the others are refused later anyway. */
function declare(run: Run, proposal: Proposal, batch: readonly BatchCall[], before: readonly Proposal[]): Proposal {
  const { intent, refused } = proposal
  const tool = toolNamed(run.agent, intent.tool)
  const { args = null } = intent
  if (refused || !tool || run.parts.checkArguments(tool, args)) return proposal
  try {
    const dependsOn = tool.dependsOn?.(copy(args), copy(batch))
    const resources = tool.resources?.(copy(args))
    if (!isPaths(dependsOn) || !isPaths(resources)) return undeclared(intent)
    const twin = tool.dedupe && before.find((earlier) => isTwin(earlier, intent))
    const ties = { ...(dependsOn?.length ? { dependsOn } : {}), ...(resources ? { resources } : {}) }
    return { intent: { ...intent, ...ties, ...(twin ? { sameAs: twin.intent.call } : {}) } }
  } catch {
    return undeclared(intent)
  }
}

const isPaths = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.every((item) => typeof item === 'string'))

const isTwin = (earlier: Proposal, { tool, argsDigest }: Intent): boolean =>
  !earlier.refused && earlier.intent.tool === tool && earlier.intent.argsDigest === argsDigest

const refuse = (intent: Intent, kind: ErrorDetail['class'], why: string): Proposal => ({
  intent,
  refused: final(kind, `the call was not made: ${why}`),
})

const undeclared = (intent: Intent): Proposal =>
  refuse(intent, 'refused', 'the tool cannot say what it depends on and touches')

/** `<session>/<call path>`. */
export const keyOf = (session: string, call: string): string => `${session}/${call}`

/** The same in all attempts. */
export const attemptKey = (intent: Intent, _attempt: number): string => intent.key

/** The key of the compensation of whatever was done under `key`. */
export const undoKey = (key: string): string => `${key}/undo`

/** The provider's id where it is one; an empty or repeated one is replaced by the call's path. */
export function idOf(proposed: string, call: string, isUsed: (id: string) => boolean): string {
  if (proposed !== '' && !isUsed(proposed)) return proposed
  let id = call
  while (isUsed(id)) id += '+'
  return id
}

/** The latest call of this tool with these arguments that was told to the model as unknown and is not carried on yet. */
export function matchIntent(
  state: RunState,
  tool: string,
  argsDigest: string,
  isTaken: (call: string) => boolean,
): CallState | undefined {
  return state.ambiguous.findLast(({ intent, superseded, applied, unresolved }) => {
    const isSame = intent.tool === tool && intent.argsDigest === argsDigest
    return isSame && !superseded && !isTaken(intent.call) && (applied || unresolved.length > 0)
  })
}
