import { setTimeout as sleep } from 'node:timers/promises'
import { runInThisContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { installShims } from '../../../src/box/install.js'
import { epochMs, live } from './inhabited-world.js'

/** What an agent's module holds that was loaded before stormproof was registered. */
const early = { fetch, setTimeout, setInterval, clearInterval, Date, sleep }

installShims()

describe('an agent that was loaded before stormproof', () => {
  it.each([
    ['fetch', () => early.fetch('https://api.openai.com/v1/models'), ' (a TLS socket to api.openai.com:443)'],
    ['fetch', () => early.fetch('http://db.test:81/'), ' (a socket to db.test:81)'],
    ['setTimeout', () => void early.setTimeout(() => {}, 1), ''],
    ['setInterval', () => early.clearInterval(early.setInterval(() => {}, 1)), ''],
    ['setTimeout', () => early.sleep(1), ''],
  ])('is told that it has a real %s, where, and what to do', async (name, use, touched) => {
    const { leaks } = await live(() => Promise.resolve(use()).then(undefined, () => 'refused'))
    expect(leaks).toEqual([
      {
        what: `a real ${name}, taken before stormproof was registered${touched}`,
        where: expect.stringMatching(/^test\/unit\/box\/taken-early\.test\.ts:\d+$/),
        remedy: expect.stringContaining('node --import stormproof/register'),
      },
    ])
  })

  it('is told so, though nobody can see where, when the request has a body', async () => {
    const post = () => early.fetch('https://api.openai.com/v1/responses', { method: 'POST', body: '{}' })
    const { leaks } = await live(() => post().catch(() => 'refused'))
    expect(leaks).toMatchObject([
      { what: 'a real fetch, taken before stormproof was registered (a TLS socket to api.openai.com:443)' },
    ])
  })

  it('sends nothing: its fetch fails as one that finds nobody', async () => {
    const { value } = await live(() => early.fetch('https://api.openai.com/').catch((error: TypeError) => error.cause))
    expect(value).toMatchObject({ code: 'leak' })
  })

  it('is told of a package that took a timer', async () => {
    const filename = `${process.cwd()}/node_modules/some-sdk/index.js`
    const wait = runInThisContext('(timer, run) => timer(run, 1)', { filename }) as (
      timer: typeof setTimeout,
      run: () => void,
    ) => unknown
    const { leaks } = await live(() => new Promise<void>((resolve) => void wait(early.setTimeout, resolve)))
    expect(leaks).toMatchObject([{ what: 'a real setTimeout, taken before stormproof was registered' }])
  })

  it('reads the time of the world from the Date that it has', async () => {
    const { value } = await live(() => [early.Date === Date, early.Date.now()])
    expect(value).toEqual([false, epochMs])
    expect(early.Date.now()).toBeGreaterThan(epochMs - 10 * 365 * 86_400_000)
  })
})

describe('real timers that are nobody\u2019s fault', () => {
  it('are not told: of Node, of who loads modules, of code outside', async () => {
    const loader = runInThisContext('(timer, run) => timer(run, 1)', {
      filename: `${process.cwd()}/node_modules/jiti/dist/jiti.cjs`,
    }) as (timer: typeof setTimeout, run: () => void) => unknown
    const { leaks } = await live(async () => {
      await new Promise<void>((resolve) => void loader(early.setTimeout, resolve))
      await import('./lazily-imported.js')
    })
    early.setTimeout(() => {}, 1)
    expect(leaks).toEqual([])
  })
})
