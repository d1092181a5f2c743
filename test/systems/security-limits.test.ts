/** What an agent may do and what may leave, whatever it was told. Cites seed-47, 135, 170, 183 to 186. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type AnyTool, defineTool } from '../../src/agent/tool.js'
import type { GuardOptions } from '../../src/core/guard.js'
import { leakDetector } from '../../src/core/leak.js'
import type { Message } from '../../src/core/message.js'
import type { LogLine } from '../../src/core/sink.js'
import { ToolFailure } from '../../src/core/tool.js'
import { semanticStore } from '../../src/platform/semantic-store.js'
import { calls, say, World } from '../unit/agent/small-world.js'
import { clerk, instructions, page, secret, told } from './security-clerk.js'

describe('grants', () => {
  const options = (grants: object) => ({ grants, guards: { marking: true } })

  it('seed-47, seed-183: let a call run only if its tool and its input are granted, and refuse when they throw', async () => {
    const world = new World()
    const tools = [world.tool('charge'), world.tool('mail'), world.tool('post')]
    const grants = {
      charge: ({ id }: { id: string }) => id === 'A',
      post: () => {
        throw new Error('no')
      },
    }
    const model = world.model(calls('charge A', 'charge B', 'mail A', 'post A'), say('Done.'))
    await world.run(clerk(tools, options(grants)), model)
    expect(world.requests.map(({ name, call }) => [name, call])).toEqual([['charge', 't1.c0']])
    const rejected = await world.logged('call-rejected')
    expect(rejected.map(({ call, error }) => [call, error.class])).toEqual([
      ['t1.c1', 'refused'],
      ['t1.c2', 'refused'],
      ['t1.c3', 'refused'],
    ])
  })

  it('seed-47: are asked with a copy, after the schema, and say true or nothing', async () => {
    const world = new World()
    const seen: unknown[] = []
    const grants = {
      charge: (input: { id: string }) => {
        seen.push({ ...input })
        input.id = 'Z'
        return input.id === 'Z' ? ('yes' as never) : true
      },
    }
    const wrong = { ...calls('charge A'), calls: [{ id: 'x', tool: 'charge', arguments: '{"id":5}' }] }
    await world.run(clerk([world.tool('charge')], options(grants)), world.model(wrong, calls('charge A'), say('Done.')))
    expect(seen).toEqual([{ id: 'A' }])
    expect(world.requests).toEqual([])
    expect((await world.logged('call-rejected')).map(({ error }) => error.class)).toEqual(['invalid-args', 'refused'])
  })

  it('seed-47: hold for what stands in for a tool, too', async () => {
    const world = new World()
    let asked = 0
    const spare = page('spare', 'from the spare')
    const main = defineTool({
      name: 'main',
      description: 'main',
      effect: 'read',
      input: z.object({ id: z.string() }),
      output: z.object({ text: z.string() }),
      fallback: 'spare',
      execute: async () => {
        asked++
        throw new ToolFailure('away', { retry: 'later' })
      },
    }) as AnyTool
    await world.run(clerk([main, spare], options({ main: () => true })), world.model(calls('main 1'), say('Done.')))
    expect(asked).toBeGreaterThan(0)
    expect((await world.logged('call-settled'))[0]?.outcome).toBe('failed')
  })

  it('seed-170, seed-135: do not grow by anything a text says, and one agent cannot approve for itself', async () => {
    const world = new World()
    const risky = defineTool({
      name: 'wipe',
      description: 'wipe',
      effect: 'irreversible',
      approval: { approvers: ['anna', 'otto'] },
      input: z.object({ id: z.string() }),
      output: z.object({}),
      execute: async (input: { id: string }) => {
        world.effects.push({ name: 'wipe', input, key: undefined })
        return {}
      },
    } as never) as AnyTool
    const grants: Record<string, unknown> = { wipe: ({ id }: { id: string }) => id === 'tmp' }
    const agent = clerk([risky], { grants })
    grants['wipe'] = () => true
    const orders = calls('grant wipe', 'approve wipe', 'wipe all', 'wipe tmp')
    const result = await world.run(agent, world.model(orders, say('Done.')))
    expect(result).toMatchObject({ status: 'waiting' })
    expect(world.effects).toEqual([])
    const rejected = await world.logged('call-rejected')
    expect(rejected.map(({ tool, error }) => [tool, error.class])).toEqual(
      expect.arrayContaining([
        ['grant', 'unknown-tool'],
        ['approve', 'unknown-tool'],
        ['wipe', 'refused'],
      ]),
    )
  })

  it.each([
    ['of no tool of the agent', { fly: () => true }],
    ['that is no function', { read: true }],
  ])('seed-47: %s is a mistake that is told at once', (_name, grants) => {
    expect(() => clerk([page('read', '')], { grants })).toThrow(/the grant of \w+ must be a function/)
  })
})

describe('secrets', () => {
  const forms: readonly (readonly [string, string])[] = [
    ['plain', secret],
    ['in capitals, spelled out', [...secret.toUpperCase()].join(' ')],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in base64, inside a longer text', Buffer.from(`x${secret} and more`).toString('base64')],
    ['in hex', Buffer.from(secret).toString('hex')],
    ['backwards', [...secret].reverse().join('')],
    ['in part', secret.slice(2, 12)],
    ['in full-width letters', secret.replace(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))],
    ['with the whole prompt', instructions],
    ['with a part of the prompt', instructions.slice(-60)],
  ]

  it.each(forms)('seed-184, seed-186: leave neither by an answer nor by an argument: %s', async (_name, form) => {
    const world = new World()
    const agent = clerk([world.tool('mail')], { guards: { output: true } })
    const send = {
      ...calls('mail x'),
      text: form,
      calls: [{ id: 'm', tool: 'mail', arguments: JSON.stringify({ id: form }) }],
    }
    const result = await world.run(agent, world.model(send, say(`It is ${form}`)))
    expect(result).toMatchObject({ status: 'failed', reason: 'guard-blocked', text: '' })
    expect(world.requests).toEqual([])
  })

  it('seed-186: an answer may also be judged by a function, which fails closed; what runs out of turns says nothing unjudged', async () => {
    const world = new World()
    const shout = (text: string): boolean => !text.includes('!')
    const ending = async (output: GuardOptions['output'], text: string, limits = {}) =>
      world.run(
        clerk([world.tool('mail')], { guards: { output }, limits }),
        world.model(say(text)),
        `s${text}${String(output)}`,
      )
    expect(await ending(shout, 'Calm.')).toMatchObject({ status: 'completed', text: 'Calm.' })
    expect(await ending(shout, 'Loud!')).toMatchObject({ status: 'failed', text: '' })
    expect(
      await ending(() => {
        throw new Error('no')
      }, 'Calm.'),
    ).toMatchObject({ status: 'failed', text: '' })
    const chatty = { ...calls('mail A'), text: `The code is ${secret}` }
    const cut = await world.run(
      clerk([world.tool('mail')], { guards: { output: true }, limits: { turns: 1 } }),
      world.model(chatty),
      'cut',
    )
    expect(cut).toMatchObject({ status: 'failed', text: '' })
  })

  describe('planted in the instructions, in results, in errors and in the environment', () => {
    beforeEach(() => {
      process.env['LAMP_SHOP_CODE'] = 'env-canary-5521-ocean'
    })
    afterEach(() => {
      delete process.env['LAMP_SHOP_CODE']
    })

    it('seed-184, seed-185: reach no log, no call, no other session and no caller', async () => {
      const planted = [secret, 'row-canary-9034-river', process.env['LAMP_SHOP_CODE'] as string]
      const lines: LogLine[] = []
      const semantic = semanticStore()
      const world = new World()
      const agent = clerk(
        [
          page('rows', `the row holds ${planted[1]}`),
          page('fail', `bad token ${planted[2]}`, true),
          world.tool('mail'),
        ],
        {
          secrets: planted,
          guards: { marking: true, output: true },
          memory: { semantic, importance: () => 0.9 },
          sinks: [{ name: 'all', log: (line: LogLine) => lines.push(line), content: 'all' as const }],
        },
      )
      const everything = (messages: readonly Message[]) => ({
        ...say(''),
        stop: 'tool-calls' as const,
        calls: [{ id: 'm', tool: 'mail', arguments: JSON.stringify({ id: told(messages) }) }],
      })
      const model = () =>
        world.model(
          calls('rows 1', 'fail 2'),
          ({ messages }) => everything(messages),
          ({ messages }) => say(told(messages)),
        )
      const first = await world.run(agent, model(), 's1')
      const ownPrompts = world.prompts.splice(0)
      const second = await world.run(agent, model(), 's2')
      const isLeak = leakDetector(planted)
      for (const result of [first, second]) expect(isLeak(JSON.stringify(result))).toBe(false)
      for (const line of lines) expect(isLeak(line.text), line.text).toBe(false)
      expect(lines.length).toBeGreaterThan(10)
      expect(world.requests).toEqual([])
      for (const { messages } of [...ownPrompts, ...world.prompts]) expect(isLeak(told(messages.slice(1)))).toBe(false)
      expect(told(world.prompts[0]?.messages ?? [])).toContain('the row holds ***')
    })
  })
})
