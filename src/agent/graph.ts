/** What the calls of a batch declare about each other, read and checked before anything of the batch runs. */

import { serialOrder } from '../core/batch-order.js'
import type { Intent } from '../core/event.js'
import { copy } from '../core/json.js'
import type { ErrorDetail } from '../core/outcome.js'
import { toolNamed } from './agent.js'
import type { Run } from './run.js'
import type { BatchCall } from './tool-options.js'

export interface Proposal {
  readonly intent: Intent
  readonly refused: ErrorDetail | undefined
}

/** The proposals with their dependencies, resources and twins. A dependency that is missing or cyclic refuses its call. */
export function bind(run: Run, proposals: readonly Proposal[]): readonly Proposal[] {
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
  const ordered = new Set(serialOrder(bound.map(({ intent }) => intent)))
  return bound.map((proposal) => {
    const { intent, refused } = proposal
    if (refused || !intent.dependsOn) return proposal
    const missing = intent.dependsOn.find((path) => !paths.has(path))
    if (missing !== undefined)
      return refuse(intent, 'dependency-missing', `it depends on ${missing}, which is no call of this batch`)
    if (ordered.has(intent) || !reaches(bound, intent)) return proposal
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
    return {
      intent: {
        ...intent,
        ...(dependsOn?.length ? { dependsOn } : {}),
        ...(resources ? { resources } : {}),
        ...(twin ? { sameAs: twin.intent.call } : {}),
      },
      refused,
    }
  } catch {
    return undeclared(intent)
  }
}

const isPaths = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.every((item) => typeof item === 'string'))

const isTwin = (earlier: Proposal, { tool, argsDigest }: Intent): boolean =>
  !earlier.refused && earlier.intent.tool === tool && earlier.intent.argsDigest === argsDigest

/** Whether the dependencies of a call lead back to it. */
function reaches(proposals: readonly Proposal[], start: Intent): boolean {
  const byPath = new Map(proposals.map(({ intent }) => [intent.call, intent]))
  const seen = new Set<string>()
  const open = [...(start.dependsOn ?? [])]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (path === start.call) return true
    if (seen.has(path)) continue
    seen.add(path)
    open.push(...(byPath.get(path)?.dependsOn ?? []))
  }
  return false
}

const refuse = (intent: Intent, kind: ErrorDetail['class'], why: string): Proposal => ({
  intent,
  refused: { class: kind, text: `the call was not made: ${why}`, retryable: false },
})

const undeclared = (intent: Intent): Proposal =>
  refuse(intent, 'refused', 'the tool cannot say what it depends on and touches')
