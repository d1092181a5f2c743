import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../../src/core/json.js'
import { propose, shopTool } from './shop-tools.js'
import { agentOf, say, World } from './small-world.js'

/** What the model sees of a value, and what the log keeps. */
async function show(value: unknown, maxResultBytes?: number) {
  const world = new World()
  const cap = maxResultBytes === undefined ? {} : { maxResultBytes }
  const tool = shopTool(world, [], 'look', { ...cap, answer: () => value })
  await world.run(agentOf([tool]), world.model(propose(['look', { id: 'A' }]), say('done')))
  const content = (await world.logged('batch-commit'))[0]?.results[0]?.content ?? ''
  return { content, stored: (await world.logged('call-settled'))[0]?.value, prompt: world.prompts[1]?.messages.at(-1) }
}

describe('what the model is shown of a result', () => {
  it.each([0, '', false, null, [], {}])('seed-46: the falsy value %j is a result', async (value) => {
    const { content, stored } = await show(value)
    expect(content).toBe(JSON.stringify(value))
    expect(stored).toEqual(value)
  })

  it('seed-46: any JSON value survives the way to the log and the prompt', async () => {
    const printable = fc.jsonValue({
      stringUnit: fc.constantFrom('a', 'ü', '"', '\\', '\n', '😀', ' '),
      noUnicodeString: false,
    } as never)
    await fc.assert(
      fc.asyncProperty(printable, async (value) => {
        const { content, stored } = await show(value)
        expect(stored).toEqual(JSON.parse(JSON.stringify(value)))
        expect(content).toBe(JSON.stringify(stored as Json))
      }),
      { numRuns: 40, seed: 46 },
    )
  })

  it('seed-44: a result of 10 MB is shown as its head and a reference; the log keeps all of it', async () => {
    const big = 'x'.repeat(10_000_000)
    const { content, stored, prompt } = await show(big)
    expect(stored).toBe(big)
    expect(content.length).toBeLessThan(100_200)
    expect(content).toMatch(/^"x+\n\[cut after 100000 of 10000002 bytes; the log holds the whole result of t1\.c0\]$/)
    expect(prompt).toMatchObject({ results: [{ content, outcome: 'ok' }] })
  })

  it('seed-44: the cap counts bytes of UTF-8 and cuts no character in two', async () => {
    for (let cap = 0; cap < 14; cap++) {
      const { content } = await show('ü😀ü😀', cap)
      const [head, note] = [content.slice(0, content.indexOf('\n')), content.slice(content.indexOf('\n') + 1)]
      expect('"ü😀ü😀"'.startsWith(head)).toBe(true)
      expect(Buffer.byteLength(head)).toBeLessThanOrEqual(cap)
      expect(note).toContain(`cut after ${Buffer.byteLength(head)} of 14 bytes`)
    }
    expect((await show('ü😀ü😀', 14)).content).toBe('"ü😀ü😀"')
  })

  it('seed-45: control characters and marks that turn text around are stripped, raw or escaped; line ends stay', async () => {
    const { content, stored } = await show('a\u0000b\u001b[31mc\u007fd\u009be\u202ef\u2066g\n\th')
    expect(content).toBe('"ab[31mcdefg\\n\\th"')
    expect(stored).toContain('\u001b')
    expect((await show('C:\\u001b')).content).toBe('"C:\\\\u001b"')
  })

  it('seed-45: an error text of a tool is stripped as well', async () => {
    const world = new World()
    const tool = shopTool(world, [], 'look', { policy: () => 'no\u001b[2J way' })
    await world.run(agentOf([tool]), world.model(propose(['look', { id: 'A' }]), say('done')))
    expect((await world.logged('batch-commit'))[0]?.results[0]?.content).toContain('refused: no[2J way')
  })
})
