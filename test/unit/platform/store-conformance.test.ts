/** What every store owes the runtime, asked of each that the platform has. */

import { mkdir, mkdtemp, readdir, readFile, rm, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { digest } from '../../../src/core/digest.js'
import type { LogEvent } from '../../../src/core/event.js'
import type { Model } from '../../../src/core/model.js'
import { isStoreError } from '../../../src/core/store.js'
import { fileStore } from '../../../src/platform/file-store.js'
import { memoryStore } from '../../../src/platform/memory-store.js'
import type { ListingStore } from '../../../src/platform/recover.js'
import { defineAgent, defineTool, runAgent } from '../../../src/runtime.js'

let folder = ''
let shared = memoryStore()
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stormproof-'))
  shared = memoryStore()
})
afterEach(() => rm(folder, { recursive: true }))

const event = (turn: number, attempt = 1): LogEvent => ({ type: 'model-call-start', turn, attempt })

/** Each gives a new handle of one store, as another process would have it. */
const kinds: readonly [string, () => ListingStore][] = [
  ['memory', () => shared],
  ['files', () => fileStore(folder)],
]

describe.each(kinds)('seed-22: a store in %s', (_name, handle) => {
  it('has an empty log of a session nobody wrote, and does not make one by looking', async () => {
    expect(await handle().read('s')).toEqual({ version: 0, epoch: 0, events: [] })
    expect(await handle().sessions()).toEqual([])
  })

  it('seed-87: counts events as its version, and refuses an append to one that has passed', async () => {
    const store = handle()
    const { version, epoch } = await store.open('s')
    expect({ version, epoch }).toEqual({ version: 0, epoch: 1 })
    expect(await store.append('s', { version, epoch }, [event(1), event(2)])).toEqual({ kind: 'ok', version: 2 })
    expect(await handle().append('s', { version: 1, epoch }, [event(3)])).toEqual({ kind: 'conflict', version: 2 })
    expect(await handle().read('s')).toEqual({ version: 2, epoch: 1, events: [event(1), event(2)] })
  })

  it('seed-87: loses no update of writers that reload and decide again after a conflict', async () => {
    const { epoch } = await handle().open('s')
    const write = async (store: ListingStore, writer: number): Promise<void> => {
      for (let n = 1; n <= 5; n++) {
        for (;;) {
          const { version } = await store.read('s')
          if ((await store.append('s', { version, epoch }, [event(writer, n)])).kind === 'ok') break
        }
      }
    }
    await Promise.all([1, 2, 3, 4].map((writer) => write(handle(), writer)))
    const { events } = await handle().read('s')
    expect(events).toHaveLength(20)
    for (const writer of [1, 2, 3, 4]) {
      const own = events.filter((one) => one.type === 'model-call-start' && one.turn === writer)
      expect(own).toEqual([1, 2, 3, 4, 5].map((n) => event(writer, n)))
    }
  })

  it('seed-93: fences every earlier owner from the moment that another one opened the session', async () => {
    const [zombie, owner] = [handle(), handle()]
    await zombie.open('s')
    await zombie.append('s', { version: 0, epoch: 1 }, [event(1)])
    expect(await owner.open('s')).toEqual({ version: 1, epoch: 2, events: [event(1)] })
    expect(await zombie.append('s', { version: 1, epoch: 1 }, [event(9)])).toEqual({ kind: 'fenced', epoch: 2 })
    expect(await owner.append('s', { version: 1, epoch: 2 }, [event(2)])).toEqual({ kind: 'ok', version: 2 })
    expect((await zombie.read('s')).events).toEqual([event(1), event(2)])
  })

  it('seed-93: fences nobody when whoever opens the session finds that it is not theirs', async () => {
    const owner = handle()
    const { epoch } = await owner.open('s')
    await owner.append('s', { version: 0, epoch }, [event(1)])
    const mistaken = handle().open('s', (log) => {
      throw new Error(`not mine: ${log.length}`)
    })
    await expect(mistaken).rejects.toThrow('not mine: 1')
    expect(await owner.append('s', { version: 1, epoch }, [event(2)])).toEqual({ kind: 'ok', version: 2 })
  })

  it('seed-89: lists every session that was opened, whatever it is named', async () => {
    const names = ['a/b', 'A/b', '%', 'ü', '', `long${'x'.repeat(300)}`, 'cells']
    for (const name of names) await handle().open(name)
    expect(await handle().sessions()).toEqual([...names].sort())
  })
})

describe('a file store', () => {
  const filesOf = async (): Promise<readonly string[]> => {
    const directory = join(folder, (await readdir(folder))[0]!)
    return (await readdir(directory)).sort().map((name) => join(directory, name))
  }
  const twoAppends = async (): Promise<void> => {
    const store = fileStore(folder)
    await store.open('s')
    await store.append('s', { version: 0, epoch: 1 }, [event(1), event(2)])
    await store.append('s', { version: 2, epoch: 1 }, [event(3), event(4)])
  }

  it('seed-88: refuses an append that is torn at any byte, and never shows a part of it', async () => {
    await twoAppends()
    const last = (await filesOf()).at(-1)!
    const text = await readFile(last, 'utf8')
    for (let length = 0; length < text.length - 1; length += 7) {
      await writeFile(last, text.slice(0, length))
      await expect(fileStore(folder).open('s'), `${length} bytes`).rejects.toThrow('torn')
    }
    await writeFile(last, text)
    expect((await fileStore(folder).open('s')).events).toHaveLength(4)
  })

  it('seed-88: leaves nothing of an append that died before it had its name', async () => {
    await twoAppends()
    const [last] = (await filesOf()).slice(-1)
    await writeFile(`${last}.draft`, await readFile(last!))
    await unlink(last!)
    expect((await fileStore(folder).open('s')).events).toEqual([event(1), event(2)])
  })

  it('refuses a log with a record missing, at its beginning or inside, instead of taking it for a shorter one', async () => {
    await twoAppends()
    const files = await filesOf()
    for (const file of files.slice(0, -1)) {
      const text = await readFile(file, 'utf8')
      await unlink(file)
      await expect(fileStore(folder).open('s')).rejects.toThrow('is missing')
      await expect(fileStore(folder).read('s')).rejects.toThrow('is missing')
      await writeFile(file, text)
    }
    expect((await fileStore(folder).read('s')).version).toBe(4)
  })

  it('refuses a session of a newer format before it takes it from its owner', async () => {
    await twoAppends()
    const body = JSON.stringify({ epoch: 2, events: [], format: 2, session: 's' })
    await writeFile((await filesOf()).at(-1)!.replace('000000002', '000000003'), `${digest(body)}\n${body}\n`)
    await expect(fileStore(folder).open('s')).rejects.toThrow(
      'session s was written in format 2; this version reads up to 1',
    )
    expect(await filesOf()).toHaveLength(4)
  })

  it('seed-90: that cannot be read is an error of the store, never an absent session', async () => {
    await twoAppends()
    const [record] = await filesOf()
    await rm(record!)
    await mkdir(record!)
    const problems = [fileStore(folder).open('s'), fileStore(folder).read('s')].map((asked) =>
      asked.then(
        () => 'answered',
        (error: unknown) => isStoreError(error) && error.applied,
      ),
    )
    expect(await Promise.all(problems)).toEqual(['no', 'no'])
  })

  it('whose folder is a file is refused at once, with what to do: no waiting mends it', async () => {
    const file = join(folder, 'no-folder')
    await writeFile(file, '')
    const store = fileStore(file)
    const operations = [
      () => store.open('s'),
      () => store.read('s'),
      () => store.sessions(),
      () => store.cell('c').read(),
    ]
    for (const ask of operations) {
      await expect(ask()).rejects.toMatchObject({ code: 'config', message: expect.stringContaining('ENOTDIR') })
    }
    const nowhere = undefined as unknown as string
    expect(() => fileStore(nowhere)).toThrow('fileStore needs a folder, not undefined')
  })
})

it('seed-22: an agent leaves the same log in every store, but for its times', async () => {
  const usage = { inputTokens: 1, outputTokens: 1 }
  const model = (): Model => ({
    '~model': true,
    answer: async ({ turn }) =>
      turn === 1
        ? { text: '', calls: [{ id: 'a', tool: 'pay', arguments: '{"cents":5}' }], stop: 'tool-calls', usage }
        : { text: 'paid', calls: [], stop: 'stop', usage },
  })
  const pay = defineTool({
    name: 'pay',
    description: 'Pays',
    effect: 'write',
    input: z.object({ cents: z.int() }),
    output: z.object({ id: z.string() }),
    execute: async ({ cents }, { key }) => ({ id: `${key}:${cents}` }),
  })
  const agent = defineAgent({ name: 'a', instructions: 'x', tools: [pay] })
  const timeless = (events: readonly LogEvent[]) =>
    events.map((one) => Object.fromEntries(Object.entries(one).filter(([key]) => key !== 'at' && key !== 'deadline')))
  const logs = await Promise.all(
    kinds.map(async ([, handle]) => {
      const result = await runAgent(agent, { session: 's', prompt: 'pay', model: model(), store: handle() })
      return { result, events: timeless((await handle().read('s')).events) }
    }),
  )
  expect(logs[0]!.events.length).toBeGreaterThan(8)
  expect(logs[1]).toEqual(logs[0])
})
