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
