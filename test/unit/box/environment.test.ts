import fs from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { installShims } from '../../../src/box/install.js'
import { maskKeys } from '../../../src/box/keys.js'
import { real } from '../../../src/box/real.js'
import { scopes } from '../../../src/box/scopes.js'
import { isStormproofError } from '../../../src/core/error.js'
import { answerOf, live } from './inhabited-world.js'

installShims()

const groq = 'GROQ_API_KEY'

describe('keys', () => {
  afterEach(() => vi.unstubAllEnvs())

  it('are dummies while a world is inhabited, and themselves again after', async () => {
    vi.stubEnv('OPENAI_API_KEY', undefined)
    vi.stubEnv('ANTHROPIC_API_KEY', 'sk-real')
    vi.stubEnv('SHOP_SECRET', 'hush')
    vi.stubEnv('CI_TOKEN', 'hush')
    vi.stubEnv('OPENAI_BASE_URL', 'http://localhost:1')
    vi.stubEnv('TOKENS', '12')
    const names = ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'SHOP_SECRET', 'CI_TOKEN', 'OPENAI_BASE_URL', 'TOKENS']
    const values = (): unknown[] => names.map((name) => process.env[name])
    const dummy = 'stormproof-dummy-key'
    expect(await answerOf(values)).toEqual([dummy, dummy, dummy, dummy, 'http://localhost:1', '12'])
    expect(values()).toEqual([undefined, 'sk-real', 'hush', 'hush', 'http://localhost:1', '12'])
    expect('OPENAI_API_KEY' in process.env).toBe(false)
  })

  it('come without the switches that make exporters of traces phone home', async () => {
    vi.stubEnv('LANGSMITH_TRACING', 'true')
    vi.stubEnv('OPENAI_AGENTS_DISABLE_TRACING', undefined)
    const switches = (): unknown[] => [process.env['LANGSMITH_TRACING'], process.env['OPENAI_AGENTS_DISABLE_TRACING']]
    expect(await answerOf(switches)).toEqual([undefined, '1'])
    expect(switches()).toEqual(['true', undefined])
  })

  it('come with one zone of time: what an agent says of the hour is the same on every machine', async () => {
    vi.stubEnv('TZ', 'Asia/Tokyo')
    const offset = (): unknown[] => [new Date().getTimezoneOffset(), new Date(2026, 0, 5).toISOString()]
    expect(await answerOf(offset)).toEqual([0, '2026-01-05T00:00:00.000Z'])
    expect(offset()).toEqual([-540, '2026-01-04T15:00:00.000Z'])
  })

  it('stay masked until the last holder lets go', async () => {
    vi.stubEnv(groq, 'real')
    const [first, second] = [maskKeys(), maskKeys()]
    first()
    first()
    expect(process.env[groq]).toBe('stormproof-dummy-key')
    await live(() => undefined)
    expect(process.env[groq]).toBe('stormproof-dummy-key')
    second()
    expect(process.env[groq]).toBe('real')
  })
})

describe('the console', () => {
  it('is captured inside a world', async () => {
    const { printed } = await live(async () => {
      console.log('a %s', 1, { b: 2 })
      console.info('b')
      console.debug('c')
      console.warn('d')
      console.error(new Error('e').message)
      process.stdout.write('f\n')
      process.stderr.write(Buffer.from('g'))
      fs.writeSync(1, 'h\n')
      await new Promise((resolve) => fs.write(2, Buffer.from('xiy'), 1, 1, resolve))
      await new Promise<void>((resolve) => process.stdout.write('j', () => resolve()))
    })
    const expected = ['log: a 1 { b: 2 }', 'log: b', 'log: c', 'error: d', 'error: e', 'log: f', 'error: g']
    expect(printed).toEqual([...expected, 'log: h', 'error: i', 'log: j'])
  })

  it('of the dead is silent, even when it printed before', async () => {
    const { scope, printed } = await live(() => console.log('alive'))
    scopes.run(scope, () => console.log('dead'))
    expect(printed).toEqual(['log: alive'])
  })

  it('is real outside', () => {
    const before = real.writeOut('')
    expect(process.stdout.write('')).toBe(before)
    expect(process.stdout.write.toString()).not.toMatch('getStore')
    const spy = vi.spyOn(console, 'log').mockImplementation(() => {})
    console.log('heard')
    expect(spy).toHaveBeenCalledWith('heard')
    spy.mockRestore()
  })
})

describe('process.exit', () => {
  it('inside a world is told, and ends nothing but its caller', async () => {
    const { exits, error } = await live(() => process.exit(3))
    expect(exits).toEqual([3])
    expect(isStormproofError(error) && error.code).toBe('scenario')
    expect((await live(() => process.exit())).exits).toEqual([0])
  })

  it('of the dead does nothing and tells nobody', async () => {
    const { scope, exits } = await live(() => undefined)
    expect(() => scopes.run(scope, () => process.exit(1))).toThrow('process.exit(1)')
    expect(exits).toEqual([])
  })
})

describe('rejections nobody handles', () => {
  it('are told to the world they belong to', async () => {
    const outcomes = await Promise.all(
      ['a', 'b'].map((name) =>
        live(async () => {
          setTimeout(() => void Promise.reject(new TypeError(`${name}\nmore`)), 5)
          await new Promise((resolve) => setTimeout(resolve, 10))
        }),
      ),
    )
    expect(outcomes.map(({ rejections }) => rejections)).toEqual([['TypeError: a'], ['TypeError: b']])
  })

  it('name the class of the error, or show the value', async () => {
    class Refused extends Error {}
    const { rejections } = await live(async () => {
      void Promise.reject(new Refused('x'))
      void Promise.reject('plain')
      await new Promise((resolve) => setTimeout(resolve, 10))
    })
    expect(rejections).toEqual(['Refused: x', 'plain'])
  })

  it('of the dead are swallowed', async () => {
    const { scope, rejections } = await live(() => undefined)
    scopes.run(scope, () => void Promise.reject(new Error('orphan')))
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(rejections).toEqual([])
  })

  it('outside still reach the listeners of the process', async () => {
    const others = process.listeners('unhandledRejection')
    process.removeAllListeners('unhandledRejection')
    const heard: unknown[] = []
    process.once('unhandledRejection', (reason) => heard.push(reason))
    void Promise.reject('real')
    await new Promise((resolve) => setTimeout(resolve, 5))
    for (const other of others) process.on('unhandledRejection', other)
    expect(heard).toEqual(['real'])
  })
})

describe('exceptions nobody catches', () => {
  it('in ticks and native callbacks are told to their world', async () => {
    const { rejections } = await live(async () => {
      process.nextTick(() => {
        throw new SyntaxError('tick')
      })
      fs.readFile('package.json', () => {
        throw new RangeError('read')
      })
      await new Promise((resolve) => setTimeout(resolve, 10))
    })
    expect(rejections).toEqual(['uncaught exception: SyntaxError: tick', 'uncaught exception: RangeError: read'])
  })
})
