/** What the calm day shows of a scenario's own mistakes: names that nobody has, turns that nobody asked for. */

import type { Agent } from '../agent/agent.js'
import type { AnyEvent } from '../core/event.js'
import { didYouMean, nearest } from '../core/nearest.js'
import type { ScenarioProblem } from '../report/record.js'
import type { Approver } from '../sim/actor/approver.js'
import { missingIn } from '../sim/play.js'
import type { ModelPlan } from '../sim/scripted-model.js'

export interface CalmDay {
  readonly plan: ModelPlan
  readonly events: readonly AnyEvent[]
  readonly leftover: { readonly unplayed: number; readonly beyond: number }
  readonly agent: Agent<unknown> | undefined
  readonly approvers: Readonly<Record<string, Approver>>
}

export function judgeScript({ plan, events, leftover, agent, approvers }: CalmDay): readonly ScenarioProblem[] {
  if (plan.policy) return strangers(agent, approvers)
  const offered = new Set(agent?.tools.map(({ name }) => name))
  for (const event of events) if (event.type === 'prompt-received') for (const tool of event.tools) offered.add(tool)
  const misspelt = misspeltTools(plan, offered)
  return [...misspelt, ...strangers(agent, approvers), ...(misspelt.length > 0 ? [] : turns(events, leftover, offered))]
}

/** A tool that nothing offered is like may be a hallucination on purpose. */
function misspeltTools({ entries }: ModelPlan, offered: ReadonlySet<string>): readonly ScenarioProblem[] {
  const called = entries.flatMap((entry) => ('calls' in entry ? entry.calls.map(({ tool }) => tool) : []))
  return [...new Set(called)]
    .filter((tool) => !offered.has(tool) && nearest(tool, offered).length > 0)
    .map((tool) => ({
      kind: 'misspelt',
      what: `the script calls ${JSON.stringify(tool)}, a tool that the agent does not have`,
      where: '',
      remedy: didYouMean(tool, offered, ''),
    }))
}

/** Approvers whom no tool of the agent ever asks. */
function strangers(agent: Agent<unknown> | undefined, approvers: CalmDay['approvers']): readonly ScenarioProblem[] {
  if (agent === undefined) return []
  const asked = agent.tools.flatMap(({ approval, asks }) => [...(approval?.approvers ?? []), ...(asks ? ['user'] : [])])
  const whom = asked.length > 0 ? `its tools ask ${[...new Set(asked)].join(', ')}` : 'none of its tools needs approval'
  return Object.keys(approvers)
    .filter((name) => !asked.includes(name))
    .map((name) => ({
      kind: 'misspelt',
      what: `the approver ${JSON.stringify(name)} was declared and is never asked`,
      where: '',
      remedy: didYouMean(name, asked, whom),
    }))
}

function turns(
  events: readonly AnyEvent[],
  { unplayed, beyond }: CalmDay['leftover'],
  offered: ReadonlySet<string>,
): readonly ScenarioProblem[] {
  const problems: ScenarioProblem[] = []
  const missing = events.flatMap((event) => (event.type === 'model-answered' ? (missingIn(event.text) ?? []) : []))[0]
  if (unplayed > 0)
    problems.push({
      kind: 'leftover-script',
      what: `${unplayed} turn${unplayed === 1 ? ' of the script was' : 's of the script were'} never asked for${
        missing === undefined ? '' : `: the model had to go on without ${missing}`
      }`,
      where: '',
      remedy: wayOutOf(missing, offered),
    })
  if (beyond > 0)
    problems.push({
      kind: 'unexpected-model-call',
      what: 'the agent asked the model for more turns than the script has',
      where: '',
      remedy: 'end the script with say(…), or add the missing turns',
    })
  return problems
}

function wayOutOf(missing: string | undefined, offered: ReadonlySet<string>): string {
  if (missing === undefined) return 'shorten the script, or let the agent go on'
  const tool = missing.replace('the result of ', '')
  const earlier = 'let an earlier turn of the script call for it'
  return offered.has(tool) ? earlier : didYouMean(tool, offered, earlier)
}
