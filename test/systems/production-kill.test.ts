/** The runtime in production: its process is killed again and again, and what it was to do is done once, and all of it. */

import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hash32 } from '../../src/core/digest.js'
import { fileStore } from '../../src/platform/file-store.js'
import { checkout, compiler, removeFolder, temporaryFolder } from '../contract/packed.js'

const worker = join(checkout, 'test/systems/production-worker.js')
const orders = 10
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

  /** Runs one process, until it ends or is killed so many milliseconds after it began. */
  async live(killAfterMs: number | undefined): Promise<'ended' | 'killed'> {
    const runtime = pathToFileURL(join(root, 'dist/src/runtime.js')).href
    const told = [runtime, this.#folder, this.sessions.join(), String(orders), this.#flaw]
    const child = spawn(process.execPath, [worker, ...told], { stdio: ['ignore', 'pipe', 'pipe'] })
    let [out, error] = ['', '']
    child.stderr.on('data', (bytes) => (error += bytes))
    child.stdout.on('data', (bytes) => {
      if (out === '' && killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfterMs)
      out += bytes
    })
    const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
      child.on('close', (...how) => resolve(how)),
    )
    if (code !== 0 && signal !== 'SIGKILL') throw new Error(`the process ended with ${code}:\n${error}`)
    if (signal === null) this.results = JSON.parse(out.split('\n')[1]!)
    return signal === null ? 'ended' : 'killed'
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

  /** A kill counts where it left a session unfinished. */
  async takeStock(): Promise<void> {
    const store = fileStore(join(this.#folder, 'sessions'))
    const logs = await Promise.all(this.sessions.map(async (session) => (await store.read(session)).events))
    if (logs.some((events) => !events.some(({ type }) => type === 'run-end'))) this.kills++
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

/** Kills one shop's processes at seeded moments, at most so often, and lets the last one come to its end. */
async function haunt(shop: Shop, seed: string, most: number, isEnough: (shop: Shop) => boolean): Promise<void> {
  for (let life = 1; life <= most && !isEnough(shop); life++) {
    if ((await shop.live(5 + (hash32(`${seed}/${life}`) % 60))) === 'ended') return
    await shop.takeStock()
  }
  await shop.live(undefined)
}

it('seed-93, seed-88: 200 processes killed at any moment leave no effect undone and none done twice', async () => {
  const shops: Shop[] = []
  const kills = (): number => shops.reduce((total, shop) => total + shop.kills, 0)
  const lane = async (): Promise<void> => {
    while (kills() < 200) {
      const name = `shop${shops.length}`
      const shop = new Shop(name, 'none')
      shops.push(shop)
      await haunt(shop, name, 12, ({ doubled }) => doubled.length > 0 || kills() >= 200)
    }
  }
  await Promise.all([lane(), lane()])
  expect(kills()).toBeGreaterThanOrEqual(200)
  for (const shop of shops) {
    expect(shop).toMatchObject({ doubled: [], lost: [] })
    expect(shop.results).toEqual(shop.sessions.map(() => `completed: ${orders} shipped`))
  }
  // Many kills came between an effect and its record: the ones that matter.
  expect(shops.reduce((total, shop) => total + shop.inDoubt, 0)).toBeGreaterThan(50)
}, 120_000)

it('a runtime that drops its keys is caught doing things twice', async () => {
  const shop = new Shop('careless', 'drops-keys')
  await haunt(shop, 'careless', 40, ({ doubled }) => doubled.length > 0)
  expect(shop.doubled).not.toEqual([])
}, 60_000)

it('a service that answers before it has done anything is caught losing it', async () => {
  let lost: readonly string[] = []
  for (let round = 0; lost.length === 0 && round < 5; round++) {
    const shop = new Shop(`hasty${round}`, 'answers-first')
    await haunt(shop, `hasty${round}`, 12, () => false)
    lost = shop.lost
  }
  expect(lost).not.toEqual([])
}, 60_000)
