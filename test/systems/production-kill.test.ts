/** The runtime in production: its process is killed again and again, and what it was to do is done once, and all of it. */

import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hash32 } from '../../src/core/digest.js'
import { fileStore } from '../../src/platform/file-store.js'
import { checkout, compiler, removeFolder, temporaryFolder } from '../contract/packed.js'
import { isNightly } from '../keeps-all.js'

const worker = join(checkout, 'test/systems/production-worker.js')
const orders = 10
/** At random moments, a quarter of them while an effect is in doubt. */
const kills = isNightly ? 200 : 60
let root = ''

/** Built from the sources as they are: no build that somebody left over is tested. */
beforeAll(() => {
  root = temporaryFolder('killed')
  symlinkSync(join(checkout, 'node_modules'), join(root, 'node_modules'))
  const build = ['-p', join(checkout, 'tsconfig.build.json'), '--outDir', join(root, 'dist')]
  execFileSync(compiler, build, { stdio: 'inherit' })
  execFileSync(process.execPath, [
    '-e',
    `require('fs').writeFileSync(process.argv[1], '{"type":"module"}')`,
    join(root, 'package.json'),
  ])
}, 60_000)
afterAll(() => removeFolder(root), 60_000)

type Flaw = 'none' | 'drops-keys' | 'answers-first'

/** One folder with three sessions, and the processes that follow each other on it. */
class Shop {
  readonly #folder: string
  readonly #flaw: Flaw
  readonly sessions: readonly string[]
  kills = 0
  /** Effects that stood in the ledger when a kill came and that the log did not know of yet. */
  inDoubt = 0
  results: readonly string[] = []

  constructor(name: string, flaw: Flaw) {
    this.#folder = join(root, name)
    this.#flaw = flaw
    this.sessions = ['a', 'b', 'c'].map((letter) => `${name}-${letter}`)
    mkdirSync(this.#folder)
  }

  /** Runs one process, until it ends or is killed: so many milliseconds after it began, or at the moment of that name. */
  async live(grave?: number | string): Promise<'ended' | 'killed'> {
    const runtime = pathToFileURL(join(root, 'dist/src/runtime.js')).href
    const told = [runtime, this.#folder, this.sessions.join(), String(orders), this.#flaw, String(grave)]
    const child = spawn(process.execPath, [worker, ...told], { stdio: ['ignore', 'pipe', 'pipe'] })
    let [out, error] = ['', '']
    child.stderr.on('data', (bytes) => (error += bytes))
    child.stdout.on('data', (bytes) => {
      if (out === '' && typeof grave === 'number') setTimeout(() => child.kill('SIGKILL'), grave)
      out += bytes
      if (out.endsWith('here\n')) child.kill('SIGKILL')
    })
    const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
      child.on('close', (...how) => resolve(how)),
    )
    if (code !== 0 && signal !== 'SIGKILL') throw new Error(`the process ended with ${code}:\n${error}`)
    if (signal === null) this.results = JSON.parse(out.split('\n')[1]!)
    if (signal === null) return 'ended'
    await this.#takeStock(typeof grave === 'number')
    return 'killed'
  }

  get ledger(): readonly { readonly key: string; readonly order: string }[] {
    const file = join(this.#folder, 'ledger.ndjson')
    if (!existsSync(file)) return []
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  }

  get doubled(): readonly string[] {
    const all = this.ledger.map(({ order }) => order)
    return all.filter((order, at) => all.indexOf(order) !== at)
  }

  get lost(): readonly string[] {
    const done = new Set(this.ledger.map(({ order }) => order))
    const wanted = this.sessions.flatMap((session) => Array.from({ length: orders }, (_, at) => `${session}/${at}`))
    return wanted.filter((order) => !done.has(order))
  }

  /** A kill at any moment counts where it left a session unfinished. */
  async #takeStock(isAnyMoment: boolean): Promise<void> {
    const store = fileStore(join(this.#folder, 'sessions'))
    const logs = await Promise.all(this.sessions.map(async (session) => (await store.read(session)).events))
    if (isAnyMoment && logs.some((events) => !events.some(({ type }) => type === 'run-end'))) this.kills++
    const settled = new Set(
      logs.flatMap((events, at) =>
        events.flatMap((event) =>
          event.type === 'attempt-end' && event.outcome === 'ok' ? [`${this.sessions[at]}/${event.call}`] : [],
        ),
      ),
    )
    this.inDoubt += this.ledger.filter(({ key }) => !settled.has(key)).length
  }
}

/** Twelve lives of a shop at most: the first is ended where it stands still after a seeded effect, the others at any moment. */
async function haunt(shop: Shop, seed: string, isEnough: () => boolean): Promise<void> {
  for (let life = 1; life <= 12 && !isEnough(); life++) {
    const chance = hash32(`${seed}/${life}`)
    if ((await shop.live(life === 1 ? `effect ${1 + (chance % 5)}` : 5 + (chance % 60))) === 'ended') return
  }
  await shop.live()
}

it('seed-93, seed-88: processes killed at any moment leave no effect undone and none done twice', async () => {
  const shops: Shop[] = []
  const total = (of: 'kills' | 'inDoubt'): number => shops.reduce((sum, shop) => sum + shop[of], 0)
  // Each shop has a life that ends between an effect and its record: those are the kills that matter.
  const isEnough = (): boolean => total('kills') >= kills && total('inDoubt') >= kills / 4
  const lane = async (): Promise<void> => {
    while (!isEnough()) {
      const name = `shop${shops.length}`
      const shop = new Shop(name, 'none')
      shops.push(shop)
      await haunt(shop, name, () => shop.doubled.length > 0 || isEnough())
    }
  }
  await Promise.all([lane(), lane()])
  for (const shop of shops) {
    expect(shop).toMatchObject({ doubled: [], lost: [] })
    expect(shop.results).toEqual(shop.sessions.map(() => `completed: ${orders} shipped`))
  }
}, 120_000)

/** One process is killed at that moment, the next one comes to its end. */
async function killedOnce(flaw: Flaw, grave: string): Promise<Shop> {
  const shop = new Shop(`${flaw} ${grave}`.replaceAll(' ', '-'), flaw)
  expect(await shop.live(grave)).toBe('killed')
  expect(await shop.live()).toBe('ended')
  return shop
}

it('a runtime that drops its keys is caught doing things twice', async () => {
  expect(await killedOnce('none', 'effect 1')).toMatchObject({ inDoubt: 1, doubled: [], lost: [] })
  expect((await killedOnce('drops-keys', 'effect 1')).doubled).toHaveLength(1)
}, 60_000)

it('a service that answers before it has done anything is caught losing it', async () => {
  expect(await killedOnce('none', 'heard')).toMatchObject({ doubled: [], lost: [] })
  expect((await killedOnce('answers-first', 'heard')).lost).not.toEqual([])
}, 60_000)
