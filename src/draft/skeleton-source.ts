/** What a dry run met as two TypeScript files: a scenario that runs the agent, and services whose answers are to be filled in. */

import { schemaOf } from '../core/json-schema.js'
import { importName, keyLiteral, textLiteral, valueLiteral } from './literal.js'
import { firstPrompt, type Met, type MetRequest, type MetTool } from './met.js'
import { soundsLikeRead, wordsOf } from './words.js'
import { zodSource } from './zod-source.js'

interface Operation {
  readonly name: string
  readonly route: string
  readonly input: Readonly<Record<string, unknown>>
  readonly isRead: boolean
}

export interface Skeleton {
  readonly scenario: string
  /** Undefined where no host was met. */
  readonly backend: string | undefined
  readonly hosts: readonly string[]
  /** Methods and hosts that no backend answers: `HEAD https://api.example`. */
  readonly unanswerable: readonly string[]
  readonly holes: number
}

const simulated = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** `agentFile` as it lies beside the scenario. */
export function skeletonSource(met: Met, name: string, agentFile: string): Skeleton {
  const hosts = [...new Set(met.requests.map(({ url }) => new URL(url).origin))]
  const ways = met.requests.map(({ method, url }) => `${method} ${new URL(url).origin}`)
  const unanswerable = [...new Set(ways)].filter((way) => !simulated.includes(way.split(' ')[0] as string))
  const backends = hosts
    .map((host) => ({ host, operations: operationsOf(met, host) }))
    .filter(({ operations }) => operations.length > 0)
    .map((service, index) => ({ key: index === 0 ? 'service' : `service${index + 1}`, ...service }))
  const bodies = backends.map(({ key, host, operations }) => backendSource(key, host, operations))
  const keys = backends.map(({ key }) => key)
  const backend = `/** The services that the agent met in a dry run: fill in what they answer. */

import { defineBackend } from 'stormproof'
import { z } from 'zod'

/** A hole: put the answer in its place. */
const fillIn = (what: string): never => {
  throw new Error(\`fill in what \${what} answers, in ${name}.backend.ts\`)
}

${bodies.join('\n')}`
  return {
    scenario: scenarioSource(met, name, agentFile, keys),
    backend: keys.length === 0 ? undefined : backend,
    hosts,
    unanswerable,
    holes: backends.reduce((sum, { operations }) => sum + operations.length, 0),
  }
}

function operationsOf(met: Met, host: string): readonly Operation[] {
  const operations: Operation[] = []
  for (const request of met.requests) {
    if (new URL(request.url).origin !== host || !simulated.includes(request.method)) continue
    const tool = met.tools.find(({ name }) => name === request.tool)
    const operation = operationOf(request, tool)
    if (operations.some(({ route }) => route === operation.route)) continue
    const taken = operations.some(({ name }) => name === operation.name)
    operations.push(taken ? { ...operation, name: `${operation.name}${operations.length + 1}` } : operation)
  }
  return operations
}

/** Parts of the path that are arguments of the call become parameters of its name; other texts with digits become `id`. */
function operationOf({ method, url, body }: MetRequest, tool: MetTool | undefined): Operation {
  const { pathname, searchParams } = new URL(url)
  const sent = objectIn(body)
  const input: Record<string, unknown> = { ...sent, ...Object.fromEntries(searchParams) }
  const path = pathname.split('/').map((part) => {
    const text = decodeURIComponent(part)
    const field = Object.entries(tool?.input ?? {}).find(
      ([name, value]) => String(value) === text && !Object.hasOwn(input, name),
    )
    const parameter = field?.[0] ?? (/\d/.test(text) && !/^v\d+$/.test(text) ? 'id' : undefined)
    if (text === '' || parameter === undefined || !/^\w+$/.test(parameter) || Object.hasOwn(input, parameter))
      return part
    input[parameter] = text
    return `:${parameter}`
  })
  const words = wordsOf(path.filter((part) => !part.startsWith(':')).join(' '))
  const name = tool?.name ?? [method.toLowerCase(), ...words].join('_')
  return { name, route: `${method} ${path.join('/')}`, input, isRead: method === 'GET' || soundsLikeRead(name) }
}

function objectIn(body: string): object {
  try {
    const value = JSON.parse(body) as unknown
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
  } catch {
    return {}
  }
}

function backendSource(key: string, host: string, operations: readonly Operation[]): string {
  const kinds = [...new Set(operations.map(({ isRead }) => (isRead ? 'read' : 'write')))].sort()
  const sources = operations.map(
    ({ name, route, input, isRead }) => `    ${keyLiteral(name)}: ${isRead ? 'read' : 'write'}({
      http: ${textLiteral(route)},
      input: ${zodSource(schemaOf([input]), '      ')},
      // (state, input) => ({ … })
      ${isRead ? 'answer' : 'apply'}: () => fillIn(${textLiteral(route)}),
    }),
`,
  )
  return `export const ${key} = defineBackend({
  name: ${textLiteral(key)},
  baseUrl: ${textLiteral(host)},
  state: () => ({}),
  operations: ({ ${kinds.join(', ')} }) => ({
${sources.join('')}  }),
})
`
}

function scenarioSource(
  { exported, called, tools }: Met,
  name: string,
  agentFile: string,
  keys: readonly string[],
): string {
  const imported = exported === 'default' ? 'agent' : `{ ${exported} as agent }`
  const script = tools.map(
    ({ name: tool, input }) => `    call(${textLiteral(tool)}, ${valueLiteral(input, '    ')}),\n`,
  )
  return `/** Written after a dry run: say what the user asks, what the model calls, and what must be true in the end. */

import { defineScenario } from 'stormproof'
import ${imported} from ${textLiteral(importName(agentFile))}
${keys.length > 0 ? `import { ${keys.join(', ')} } from ${textLiteral(importName(`./${name}.backend.ts`))}\n` : ''}
const prompt = ${textLiteral(firstPrompt)}

export default defineScenario({
  name: ${textLiteral(name)},
${keys.length > 0 ? `  backends: { ${keys.join(', ')} },\n` : ''}  run: () => ${called},
  model: ({ ${tools.length > 0 ? 'call, ' : ''}say }) => [
${script.join('')}    say('Done.'),
  ],
})
`
}
