import { spawn } from 'node:child_process'
import { existsSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from './temporary-folder.js'

const refund = `
import { z } from 'zod'
const api = 'https://api.shop.example'
export const tools = {
  findOrder: { inputSchema: z.object({ orderId: z.string() }), execute: async ({ orderId }) => (await fetch(api + '/orders/' + encodeURIComponent(orderId))).json() },
  refundOrder: {
    inputSchema: z.object({ orderId: z.string(), cents: z.number().int().positive() }),
    execute: async ({ orderId, cents }) => {
      const answer = await fetch(api + '/refunds', { method: 'POST', body: JSON.stringify({ orderId, cents }) })
      if (!answer.ok) throw new Error('refund failed: ' + answer.status)
      return answer.json()
    },
  },
}
`
const input = "input: { type: 'object', properties: { cents: { type: 'integer' } }, required: ['cents'] }"

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly error: string
}

function stormproof(source: string, ...argv: readonly string[]): Promise<Ended> {
  const folder = temporaryFolder({ '.git/HEAD': '', 'package.json': '{"type":"module"}', 'refund.ts': source })
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  return inFolder(folder, ...argv)
}

function inFolder(folder: string, ...argv: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [resolve('bin/stormproof.js'), ...argv], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1', COLUMNS: '110' },
  })
  let [out, error] = ['', '']
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()))
  child.stderr.on('data', (bytes: Buffer) => (error += bytes.toString()))
  return new Promise((done) => child.on('close', (code) => done({ code, out, error })))
}

// The real program needs its build (npm run build); npm install makes one.
describe.skipIf(!existsSync('dist/src/cli/tool-process.js'))('stormproof tool', { timeout: 240_000 }, () => {
  test('prints the card, and what broke a clause comes back from its line', async () => {
    const folder = temporaryFolder({ '.git/HEAD': '', 'package.json': '{"type":"module"}', 'refund.ts': refund })
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
    const named = './refund.ts#tools.refundOrder'
    const first = await inFolder(folder, 'tool', named, '--cases=150', '--reproducible', '--reporter=console,junit')
    expect(first.code).toBe(1)
    expect(first.out).toContain(' refundOrder   AI SDK tool · 150 cases · seed 1')
    expect(first.out).toMatch(/ ✗ idempotent {2,}the same refundOrder twice when an answer is lost/)
    expect(first.out).toContain("toolTest(tools.refundOrder)                  from 'stormproof/vitest'")
    const token = /idempotent[\s\S]*?replay {2}npx stormproof replay (v1\.\S+)/.exec(first.out)?.[1] as string
    expect(await inFolder(folder, 'replay', token)).toMatchObject({
      code: 1,
      out: expect.stringContaining('STILL FAILS  the same bytes twice'),
    })
    expect(await inFolder(folder, 'keep', 'F1')).toMatchObject({ code: 2, error: expect.stringContaining('toolTest') })
    const mended = refund.replace("method: 'POST'", "method: 'PUT'")
    expect(await stormproof(mended, 'replay', token)).toMatchObject({
      code: 0,
      out: expect.stringContaining('PASSES'),
    })
  })

  test('with --json nothing but JSON is on stdout', async () => {
    const loud = `console.log('loading')\nexport const tool = { ${input}, execute: async () => { console.log('x'); return 1 } }`
    const { out, error } = await stormproof(loud, 'tool', './refund.ts', '--json', '--cases=40')
    const lines = out.trimEnd().split('\n')
    const ended = JSON.parse(lines.at(-1) as string) as { type: string; scenarios: { tool: { cases: number } }[] }
    expect([JSON.parse(lines[0] as string).type, ended.type]).toEqual(['campaign-start', 'campaign-end'])
    expect(ended.scenarios[0]?.tool.cases).toBe(40)
    expect(error).toContain('loading')
  })

  test.each([
    ['one of several', refund, './refund.ts', 'exports 2 tools'],
    ['a name that is not there', refund, './refund.ts#tools.refundOrdr', 'did you mean tools.refundOrder'],
    ['a file that is not there', refund, './refnd.ts', 'there is no file'],
    ['no tool', 'export const a = 1', './refund.ts', 'exports nothing that looks like a tool'],
    ['no schema', 'export const a = { execute: () => 1 }', './refund.ts', 'has no schema'],
    ['a file that throws', "throw new Error('no DATABASE_URL')", './refund.ts', 'no DATABASE_URL'],
    ['a file that ends the process', 'process.exit(4)', './refund.ts', 'it ended its process with code 4'],
  ])('is told of %s with a way out', async (_name, source, target, text) => {
    const { code, error } = await stormproof(source, 'tool', target)
    expect({ code, error }).toEqual({ code: 2, error: expect.stringContaining(text) })
    expect(error).toMatch(/\n {3}→ /)
  })

  test('a tool that now and then never yields is told, and the rest is judged', async () => {
    const stuck = `export const tool = { ${input}, execute: async ({ cents }) => { while (cents === 0); return cents } }`
    const { code, out } = await stormproof(stuck, 'tool', './refund.ts', '--cases=60', '--hang=5s')
    expect(code).toBe(1)
    expect(out).toMatch(/ ✗ terminates +nothing moved for 5 s of real time: a loop that never yields/)
    expect(out).toContain('tool({ cents: 0 })')
  })

  test('a tool that kills its process is told', async () => {
    const deadly = `export const tool = { ${input}, execute: async () => process.kill(process.pid, 'SIGKILL') }`
    const { code, out } = await stormproof(deadly, 'tool', './refund.ts', '--cases=60')
    expect(code).toBe(1)
    expect(out).toMatch(/ ✗ terminates +its process was ended by SIGKILL/)
  })
})
