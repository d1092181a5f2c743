/** Entry of a process that runs an agent once in the box, with calls made up from its tools' schemas, and tells what it met. */

import { installShims } from '../box/install.js'
import { maskKeys } from '../box/keys.js'
import { real } from '../box/real.js'
import { isStormproofError, StormproofError } from '../core/error.js'
import type { JsonSchema } from '../core/json-schema.js'
import { didYouMean } from '../core/nearest.js'
import { firstPrompt, type Met, type MetRequest, type MetTool } from '../draft/met.js'
import { simplest } from '../kernel/source.js'
import { defineScenario } from '../scenario/define-scenario.js'
import { runTrial } from '../scenario/run-trial.js'
import { valueFor } from '../sim/fuzz.js'
import type { ModelPolicy, PolicyDefinition } from '../sim/script.js'
import { moduleLoader } from './load-module.js'
import { ownModules } from './own-modules.js'
import { isCallable, isHandler, type Way, waysInto } from './ways-in.js'

export interface DryRunOrder {
  readonly folder: string
  readonly file: string
  readonly exported: string | undefined
}

export type DryRunAnswer = { readonly met: Met } | { readonly wrong: string; readonly remedy: string }

const turns = 6
const draw = {
  int: (_label: string, min: number) => min,
  pick: <const T>(_label: string, values: readonly [T, ...T[]]) => values[0] as T,
  chance: () => true,
  fake: () => {
    throw new Error('nothing is faked in a dry run')
  },
}

process.on('message', (order: DryRunOrder) => {
  meet(order)
    .then((met): DryRunAnswer => ({ met }), whatIsWrong)
    .then((answer) => process.send?.(answer))
})
process.on('disconnect', () => real.exit(0))

function whatIsWrong(error: unknown): DryRunAnswer {
  const text = error instanceof Error ? error.message : String(error)
  const remedy = isStormproofError(error) ? error.remedy : undefined
  return { wrong: text, remedy: remedy ?? 'let the module load without its services and keys' }
}

async function meet({ folder, file, exported }: DryRunOrder): Promise<Met> {
  installShims()
  maskKeys()
  const module = await moduleLoader(folder, await ownModules())(file)
  const name = exportOf(module, exported)
  const ways = waysInto(module[name], name)
  const tried: Tried[] = []
  for (const way of ways) {
    const one = await tryOut(way)
    if (one.made) throw ownAgent(name)
    if (one.reached) return { exported: name, isRoute: isHandler(name), called: way.source, ...one }
    tried.push(one)
  }
  const [first] = tried
  const whatHappened = first?.problems[0] ?? 'it returned without asking a model or a service'
  throw new StormproofError(
    'usage',
    `${name} was called with ${ways.map(({ says }) => says).join(', then with ')}: ${whatHappened}`,
    {
      remedy:
        'export a function that takes what the user says, as in: export const agent = (prompt: string) => run(prompt)',
    },
  )
}

interface Tried extends Pick<Met, 'tools' | 'requests' | 'problems'> {
  /** A model or a service was asked. */
  readonly reached: boolean
  /** It is no run: it made an agent of stormproof's own runtime. */
  readonly made: boolean
}

async function tryOut(way: Way): Promise<Tried> {
  const tools: MetTool[] = []
  const requests: MetRequest[] = []
  let current: string | undefined
  let asked = false
  let returned: unknown
  const policy: PolicyDefinition = {
    next: ({ turn, tools: offered }, kit) => {
      asked = true
      const tool = turn > turns ? undefined : offered[turn - 1]
      if (tool === undefined) return kit.say('Done.')
      const schema = tool.inputSchema as JsonSchema
      const made = valueFor(schema, tool.name, draw, false) as MetTool['input']
      tools.push({ name: tool.name, schema, input: made })
      current = tool.name
      return kit.call(tool.name, made as never)
    },
  }
  const run = async (): Promise<unknown> => {
    returned = await way.call(firstPrompt)
    return returned
  }
  const scenario = defineScenario({ name: 'dry-run', run, model: policy as unknown as ModelPolicy })
  const trial = await runTrial(scenario, {
    source: simplest,
    fresh: true,
    calm: true,
    callSites: true,
    stranger: ({ method, url, body }) => {
      requests.push({ method, url, body, tool: current })
      return Promise.resolve(Response.json({}))
    },
  })
  const problems = trial.problems.map(({ what, where }) => (where === '' ? what : `${what}, at ${where}`))
  return { tools, requests, problems, reached: asked || requests.length > 0, made: isOwnAgent(returned) }
}

const isOwnAgent = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'instructions' in value && 'limits' in value && 'tools' in value

const ownAgent = (name: string): StormproofError =>
  new StormproofError('usage', `${name} makes an agent of stormproof's own runtime, which takes simulated services`, {
    remedy: `give it to a scenario with its services: defineScenario({ name: '…', agent: ${name}, backends: { … }, prompt: '…', model: … })`,
  })

/** The named export, or the one that is obvious: the only function, or the only one that is called an agent. */
function exportOf(module: Readonly<Record<string, unknown>>, wanted: string | undefined): string {
  const names = Object.keys(module).filter((name) => isCallable(module[name]))
  const known = `what it exports that could be called: ${names.join(', ') || 'none'}`
  if (wanted !== undefined) {
    if (names.includes(wanted)) return wanted
    throw new StormproofError('usage', `it exports no agent ${JSON.stringify(wanted)}`, {
      remedy: didYouMean(wanted, names, known),
    })
  }
  const agents = names.filter((name) => /agent/i.test(name))
  const [only, ...more] = names.length === 1 ? names : agents
  if (only !== undefined && more.length === 0) return only
  throw new StormproofError('usage', 'it is not obvious which export is the agent', {
    remedy: `name it, as in ./agent.ts#${names[0] ?? 'agent'}; ${known}`,
  })
}
