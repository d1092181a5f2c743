import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { typeCheck } from '../contract/type-check.js'
import { build, project, stormproof } from './stormproof.js'

beforeAll(() => build(), 120_000)

const compilerOptions = {
  ...{ target: 'es2023', module: 'nodenext', lib: ['es2023'], types: ['node'], noEmit: true, skipLibCheck: true },
  ...{ strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, verbatimModuleSyntax: true },
  ...{ noUnusedLocals: true, noUnusedParameters: true, noPropertyAccessFromIndexSignature: true },
  ...{ allowImportingTsExtensions: true },
}
const tsconfig = JSON.stringify({ compilerOptions, include: ['*.ts'] })

const hostile = "*/ `${process.exit(9)}` </script> \u2028\u202e\u0000 '); process.exit(9) // \\"
const call = (id: string, name: string, input: object) => ({
  role: 'assistant',
  tool_calls: [{ id, type: 'function', function: { name, arguments: JSON.stringify(input) } }],
})
const result = (id: string, content: string) => ({ role: 'tool', tool_call_id: id, content })
const conversation = [
  { role: 'system', content: hostile },
  { role: 'user', content: hostile },
  call('c1', 'get-order', { orderId: hostile }),
  result('c1', JSON.stringify({ cents: 4900, [hostile]: hostile })),
  call('c2', 'refundOrder', { orderId: hostile, cents: 4900 }),
  result('c2', '{"refundId":"r-1","__proto__":{"x":1}}'),
  call('c3', 'get-order', { orderId: hostile }),
  result('c3', '{"cents":0}'),
  call('c4', 'constructor', {}),
  result('c4', 'Error: no such thing'),
  { role: 'assistant', content: hostile },
]

test('what a hostile conversation becomes compiles strictly, passes its calm day and is stormed', async () => {
  const folder = project([], { 'refund.json': JSON.stringify(conversation), 'tsconfig.json': tsconfig })
  const made = await stormproof(folder, ['init', '--from', 'refund.json'])
  expect(made).toEqual({
    code: 0,
    out: ` 4 calls in 4 turns: get-order (read), refundOrder (write), constructor (write)
 wrote refund.scenario.ts and refund.backend.ts
 next: npx stormproof refund
`,
    error: '',
  })
  expect(typeCheck(folder, ['-p', '.'])).toEqual([])
  for (const file of ['refund.scenario.ts', 'refund.backend.ts'])
    expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(/<\/script|[\u2028\u202e\0]/)
  const ran = await stormproof(folder, ['--trials', '30'])
  expect(ran.out).toContain('calm day   refund ✓')
  expect(ran.code).toBe(0)
}, 120_000)

test('files that are there are never overwritten', async () => {
  const folder = project([], { 'refund.json': JSON.stringify(conversation), 'refund.backend.ts': 'mine' })
  const { code, out } = await stormproof(folder, ['init', '--from', 'refund.json'])
  expect(code).toBe(0)
  expect(out).toContain('is there already, and stays as it is')
  expect(out).toContain('wrote refund-2.scenario.ts and refund-2.backend.ts')
  expect(readFileSync(join(folder, 'refund.backend.ts'), 'utf8')).toBe('mine')
}, 60_000)

test.each([
  [['init'], 'init needs an agent or a recorded conversation'],
  [['init', '--from', 'none.json'], '"none.json" cannot be read'],
  [['init', '--from', 'bad.json'], 'there is no conversation in bad.json'],
])(
  '%j ends 2 and says what to do',
  async (argv, says) => {
    const folder = project([])
    writeFileSync(join(folder, 'bad.json'), '[{"role":"us')
    const { code, error } = await stormproof(folder, argv)
    expect(code).toBe(2)
    expect(error).toContain(says)
    expect(error).toContain('→')
    expect(existsSync(join(folder, 'bad.scenario.ts'))).toBe(false)
  },
  60_000,
)

/** As `create-next-app` makes it: no `type`, paths from the root, imports without endings. */
const next = {
  'package.json': '{"name":"shop","private":true}',
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      ...{ target: 'es2022', lib: ['dom', 'es2023'], skipLibCheck: true, strict: true, noEmit: true, types: ['node'] },
      ...{ module: 'esnext', moduleResolution: 'bundler', isolatedModules: true, paths: { '@/*': ['./*'] } },
    },
    include: ['**/*.ts'],
    // Other tests' agents.
    exclude: ['agents', 'node_modules'],
  }),
  'server-only.d.ts': "declare module 'server-only'\n",
  'lib/config.ts': "export const apiBase = 'https://api.shop.example/v1'\n",
  'lib/shop.ts': `import 'server-only'
import { apiBase } from './config'
export const findOrder = async (orderId: string) =>
  (await fetch(\`\${apiBase}/orders/\${orderId}\`)).json() as Promise<{ cents: number }>
export const refundOrder = async (orderId: string, cents: number) =>
  (await fetch(\`\${apiBase}/orders/\${orderId}/refunds\`, { method: 'POST', body: JSON.stringify({ cents }) })).json() as Promise<object>
`,
  'lib/tools.ts': `import { tool } from 'ai'
import { z } from 'zod'
import { findOrder, refundOrder } from '@/lib/shop'
const order = z.object({ orderId: z.string() })
export const tools = {
  findOrder: tool({ description: 'Find', inputSchema: order, execute: ({ orderId }) => findOrder(orderId) }),
  refundOrder: tool({
    description: 'Refund',
    inputSchema: order.extend({ cents: z.int().positive() }),
    execute: ({ orderId, cents }) => refundOrder(orderId, cents),
  }),
}
`,
  'app/api/chat/route.ts': `import { openai } from '@ai-sdk/openai'
import { stepCountIs, streamText } from 'ai'
import { tools } from '@/lib/tools'
export async function POST(request: Request) {
  const { messages } = await request.json()
  return streamText({ model: openai('gpt-5'), messages, tools, stopWhen: stepCountIs(8) }).toUIMessageStreamResponse()
}
`,
  'lib/agents.ts': `import { openai } from '@ai-sdk/openai'
import { type ModelMessage, ToolLoopAgent, generateText, stepCountIs } from 'ai'
import { tools } from '@/lib/tools'
const model = openai('gpt-5')
const stopWhen = stepCountIs(8)
export const loop = new ToolLoopAgent({ model, tools })
export const talk = async ({ messages }: { messages: ModelMessage[] }) =>
  (await generateText({ model, messages, tools, stopWhen })).text
export const silent = () => 1
`,
}

const filledIn = (text: string): string =>
  text
    .replace(/answer: \(\) => fillIn.*/, 'answer: (_state, { orderId }) => ({ orderId, cents: 4900 }),')
    .replace(/apply: \(\) => fillIn.*/, "apply: () => ({ refundId: 'r-1' }),")

test('an agent of a Next.js folder becomes a scenario that passes its calm day once two answers are filled in', async () => {
  const folder = project([], next)
  for (const [target, name, run] of [
    ['./app/api/chat/route.ts#POST', 'chat', "agent(new Request('http://localhost/'"],
    ['./lib/agents.ts#loop', 'loop', 'agent.generate({ prompt })'],
    ['./lib/agents.ts#talk', 'talk', "agent({ messages: [{ role: 'user', content: prompt }] })"],
  ] as const) {
    const made = await stormproof(folder, ['init', target])
    expect(made, target).toMatchObject({ code: 0, error: '' })
    expect(made.out).toContain(' tools  findOrder, refundOrder\n hosts  https://api.shop.example\n')
    expect(made.out).toContain(`next: fill in 2 answers in ${name}.backend.ts`)
    expect(readFileSync(join(folder, `${name}.scenario.ts`), 'utf8')).toContain(`run: () => ${run}`)
    const backend = join(folder, `${name}.backend.ts`)
    writeFileSync(backend, filledIn(readFileSync(backend, 'utf8')))
  }
  expect(typeCheck(folder, ['-p', '.'])).toEqual([])
  const ran = await stormproof(folder, ['--trials', '3'])
  expect(ran.out).toContain('calm day   chat ✓   loop ✓   talk ✓')
}, 120_000)

test.each([
  ['./lib/agents.ts#lop', 'it exports no agent "lop"', 'did you mean loop?'],
  ['./lib/agents.ts#silent', 'it returned without asking a model or a service', 'export a function that takes'],
  ['./shop.ts#shopAgent', "makes an agent of stormproof's own runtime", 'agent: shopAgent'],
])(
  'init %s ends 2 and says what to do',
  async (target, says, remedy) => {
    const own = `import { defineAgent } from 'stormproof/runtime'
export const shopAgent = () => defineAgent({ name: 'shop', instructions: 'Sell.', tools: [] })
`
    const folder = project([], { ...next, 'shop.ts': own })
    const { code, error } = await stormproof(folder, ['init', target])
    expect(code).toBe(2)
    expect(error).toContain(says)
    expect(error).toContain(remedy)
  },
  60_000,
)
