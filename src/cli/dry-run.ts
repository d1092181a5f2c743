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
  const run = module[name] as (input: unknown) => unknown
  const isRoute = /^(?:GET|POST|PUT|PATCH|DELETE)$/.test(name)
  const tools: MetTool[] = []
  const requests: MetRequest[] = []
  let current: string | undefined
  const input = (): unknown =>
    isRoute
      ? new Request('http://localhost/', {
          method: 'POST',
          body: JSON.stringify({ messages: [{ role: 'user', content: firstPrompt }] }),
        })
      : firstPrompt
  const policy: PolicyDefinition = {
    next: ({ turn, tools: offered }, kit) => {
      const tool = turn > turns ? undefined : offered[turn - 1]
      if (tool === undefined) return kit.say('Done.')
      const schema = tool.inputSchema as JsonSchema
      const made = valueFor(schema, tool.name, draw, false) as MetTool['input']
      tools.push({ name: tool.name, schema, input: made })
      current = tool.name
      return kit.call(tool.name, made as never)
    },
  }
  const scenario = defineScenario({ name: 'dry-run', run: () => run(input()), model: policy as unknown as ModelPolicy })
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
  return { exported: name, isRoute, tools, requests, problems }
}

/** The named export, or the one that is obvious: the only function, or the only one that is called an agent. */
function exportOf(module: Readonly<Record<string, unknown>>, wanted: string | undefined): string {
  const names = Object.keys(module).filter((name) => typeof module[name] === 'function')
  const known = `the functions it exports: ${names.join(', ') || 'none'}`
  if (wanted !== undefined) {
    if (names.includes(wanted)) return wanted
    throw new StormproofError('usage', `it exports no function ${JSON.stringify(wanted)}`, {
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
