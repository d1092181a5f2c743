/** An agent in a world that may leave it less than it was made for: fewer turns, tokens or time, a smaller window. */

import type { Agent } from '../agent/agent.js'
import type { LogEvent } from '../core/event.js'
import { budgetExhaust, oversizeRequest, trim } from '../sim/fault/context.js'
import type { FaultDefinition } from '../sim/fault/fault.js'
import { planFault } from '../sim/fault/note.js'
import { picker } from '../sim/fault/picker.js'
import { knownOutcomes, type Setting } from '../sim/setting.js'
import { rootScope } from './host.js'

export interface Bounded {
  readonly agent: Agent<unknown>
  /** Told what becomes durable: what of it is the bound's doing. */
  readonly see: ((event: LogEvent) => void) | undefined
}

interface Bound {
  readonly agent: Agent<unknown>
  readonly isMet: (event: LogEvent) => boolean
}

const site = 'run/bounds'
const always = [budgetExhaust.name, oversizeRequest.name]
const withWindow = [...always, trim.name]
const all = [budgetExhaust, oversizeRequest, trim]

/** Chosen once: a bound is the same for every life of a run. */
export function boundsIn(setting: Setting, agent: Agent<unknown>): Bounded {
  const { world } = setting
  const offered = knownOutcomes(setting, agent.context ? withWindow : always)
  const chosen = offered[world.tape.pick(site, 'outcome', offered)] as string
  const fault = all.find(({ name }) => name === chosen)
  if (!fault) return { agent, see: undefined }
  const note = planFault(world, chosen, site, '', rootScope(world))
  note.injected()
  const bound = tighter(fault, agent, picker(world, site, fault))
  return { agent: bound.agent, see: (event) => void (bound.isMet(event) && note.landed()) }
}

function tighter(fault: FaultDefinition, agent: Agent<unknown>, pick: (parameter: string) => string): Bound {
  if (fault === trim) return smallerWindow(agent, pick('share'))
  if (fault === oversizeRequest) return tooSmall(agent, pick('bound'))
  const kind = pick('kind')
  return short(agent, kind, Number(pick('turn')))
}

/** What a turn of the scripted model takes, and when the answer to its call is under way. */
const tokensOf = (turn: number): number => 100 * turn
const turnMs = 1_100
const midwayMs = 600

function short(agent: Agent<unknown>, kind: string, turn: number): Bound {
  const { limits } = agent
  if (kind === 'turns') {
    const bounded = { ...agent, limits: { ...limits, turns: Math.min(turn, limits.turns) } }
    return { agent: bounded, isMet: (event) => event.type === 'model-call-start' && event.turn >= turn }
  }
  if (kind === 'time') {
    const timeMs = Math.min(limits.timeMs, (turn - 1) * turnMs + midwayMs)
    return { agent: { ...agent, limits: { ...limits, timeMs } }, isMet: endsBy('deadline') }
  }
  const spent = Array.from({ length: turn }, (_, at) => tokensOf(at + 1)).reduce((sum, one) => sum + one, 0)
  const tokens = Math.min(limits.tokens ?? spent, spent)
  return { agent: { ...agent, limits: { ...limits, tokens } }, isMet: endsBy('budget-exhausted') }
}

const endsBy =
  (reason: string) =>
  (event: LogEvent): boolean =>
    (event.type === 'run-end' && event.reason === reason) || (event.type === 'saga-abort' && event.cause === reason)

const longestAnswer = 4_096
const whole = 100_000

/** An answer that alone takes the budget leaves nothing for its prompt; a share that is more than the whole is never given. */
function tooSmall(agent: Agent<unknown>, bound: string): Bound {
  const budget =
    bound === 'budget'
      ? { ...agent.budget, tokens: agent.budget?.outputTokens ?? longestAnswer }
      : { ...agent.budget, tokens: whole, pool: { name: 'shared', tokens: whole - 1 } }
  return { agent: { ...agent, budget }, isMet: endsBy('budget-exhausted') }
}

const shares: Readonly<Record<string, number>> = { '3/4': 0.75, '1/2': 0.5, '1/4': 0.25 }
const compactShare = 0.85

/** It is met when something is let go that the whole window would have held. */
function smallerWindow(agent: Agent<unknown>, share: string): Bound {
  const { context } = agent
  if (!context) return { agent, isMet: () => false }
  const windowTokens = Math.max(context.reserveTokens + 1, Math.floor(context.windowTokens * (shares[share] ?? 1)))
  const [before, after] = [context.windowTokens, windowTokens].map((window) => window - context.reserveTokens)
  const ratio = (before as number) / (after as number)
  return {
    agent: { ...agent, context: { ...context, windowTokens } },
    isMet: (event) => event.type === 'context-compacted' && event.before < compactShare * event.limit * ratio,
  }
}
