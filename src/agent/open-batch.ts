/** Opens the batch of a turn: every proposed call gets its identity, and what cannot run is refused at once. */

import { callPath } from '../core/call.js'
import { digest } from '../core/digest.js'
import type { Intent, LogEvent } from '../core/event.js'
import type { ProposedCall } from '../core/message.js'
import { type ErrorDetail, refusal } from '../core/outcome.js'
import { bind, type Proposal } from './graph.js'
import { specsOnOffer, toolOnOffer, versionOf } from './registry.js'
import type { Run } from './run.js'
import type { CallState } from './state.js'
import type { AnyTool } from './tool.js'

/** `batch-open`, and a `call-rejected` for each call that will not run; its siblings do. */
export function openBatch(run: Run, turn: number, calls: readonly ProposedCall[]): readonly LogEvent[] {
  const ids = new Set<string>()
  const matched = new Set<string>()
  const proposals = calls.map((proposed, index): Proposal => {
    const call = callPath(turn, index)
    const id = run.parts.idOf(proposed.id, call, (used) => ids.has(used) || run.state.ids.has(used))
    ids.add(id)
    const isOver = index >= run.agent.limits.callsPerTurn
    const proposal = isOver ? overCap(run, proposed, call, id) : identify(run, proposed, call, id, matched)
    if (proposal.intent.reissueOf !== undefined) matched.add(proposal.intent.reissueOf)
    return proposal
  })
  const bound = bind(run, proposals)
  const rejected = bound.flatMap(({ intent: { call, tool }, refused }): readonly LogEvent[] =>
    refused ? [{ type: 'call-rejected', call, tool, error: refused }] : [],
  )
  return [{ type: 'batch-open', turn, calls: bound.map(({ intent }) => intent) }, ...rejected]
}

function identify(run: Run, proposed: ProposedCall, call: string, id: string, matched: ReadonlySet<string>): Proposal {
  const tool = toolOnOffer(run, proposed.tool)
  const plain = plainIntent(run, proposed, call, id, tool)
  if (!tool) return { intent: plain, refused: unknownTool(run, proposed.tool) }
  const parsed = run.parts.parseArguments(proposed.arguments)
  if (!parsed.ok) return { intent: plain, refused: parsed.error }
  // Not `{ ...plain, args }`: V8 gives each object written so a hidden class of its own, and whoever reads intents is slow.
  const intent = Object.assign(plain, { args: parsed.value, argsDigest: digest(parsed.value) })
  const earlier = run.parts.matchIntent(run.state, tool.name, intent.argsDigest, (path) => matched.has(path))
  if (!earlier) return { intent, refused: undefined }
  if (tool.idempotency === 'none') return { intent, refused: alreadyTried(earlier) }
  return { intent: { ...intent, key: earlier.intent.key, reissueOf: earlier.intent.call }, refused: undefined }
}

function plainIntent(run: Run, proposed: ProposedCall, call: string, id: string, tool: AnyTool | undefined): Intent {
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

function overCap(run: Run, proposed: ProposedCall, call: string, id: string): Proposal {
  const intent = plainIntent(run, proposed, call, id, toolOnOffer(run, proposed.tool))
  return { intent, refused: refusal(`only ${run.agent.limits.callsPerTurn} calls are allowed in one turn`) }
}

function unknownTool(run: Run, name: string): ErrorDetail {
  const known = specsOnOffer(run).map((spec) => spec.name)
  const text = `there is no tool ${JSON.stringify(name)}; the tools are ${known.join(', ') || 'none'}`
  return { class: 'unknown-tool', text, retryable: false }
}

function alreadyTried(earlier: CallState): ErrorDetail {
  const known = earlier.applied ? 'took effect' : 'may have taken effect'
  return refusal(`an earlier call with these arguments, ${earlier.intent.call}, ${known}; it must not be made twice`)
}
