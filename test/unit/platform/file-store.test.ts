import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LogEvent } from '../../../src/core/event.js'
import { fileStore } from '../../../src/platform/file-store.js'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stormproof-'))
})
afterEach(() => rm(folder, { recursive: true }))

const event = (attempt: number): LogEvent => ({ type: 'model-call-start', turn: 1, attempt })
const directory = async (): Promise<string> => join(folder, (await readdir(folder))[0]!)

describe('a file store', () => {
  it('gives another process what this one appended, under a new epoch', async () => {
    const store = fileStore(folder)
    expect(await store.open('a/b')).toEqual({ version: 0, epoch: 1, events: [] })
    expect(await store.append('a/b', { version: 0, epoch: 1 }, [event(1), event(2)])).toEqual({
      kind: 'ok',
      version: 2,
    })
    expect(await fileStore(folder).open('a/b')).toEqual({ version: 2, epoch: 2, events: [event(1), event(2)] })
  })

  it('fences the earlier owner and refuses an append to a version that has passed', async () => {
    const [first, second] = [fileStore(folder), fileStore(folder)]
    await first.open('s')
    await second.open('s')
    expect(await first.append('s', { version: 0, epoch: 1 }, [event(1)])).toEqual({ kind: 'fenced', epoch: 2 })
    await second.append('s', { version: 0, epoch: 2 }, [event(2)])
    expect(await second.append('s', { version: 0, epoch: 2 }, [event(3)])).toEqual({ kind: 'conflict', version: 1 })
    expect((await first.read('s')).events).toEqual([event(2)])
  })

  it('seed-87: lets one of many appends to one version through', async () => {
    const stores = Array.from({ length: 6 }, () => fileStore(folder))
    const { epoch } = await stores[0]!.open('s')
    const answers = await Promise.all(
      stores.map((store, index) => store.append('s', { version: 0, epoch }, [event(index)])),
    )
    expect(answers.filter((answer) => answer.kind === 'ok')).toHaveLength(1)
    expect((await fileStore(folder).read('s')).version).toBe(1)
  })

  it('ignores the draft of an append that died before it was acknowledged', async () => {
    const store = fileStore(folder)
    await store.open('s')
    await store.append('s', { version: 0, epoch: 1 }, [event(1)])
    await writeFile(join(await directory(), 'x.draft'), '{"epoch":1,"eve')
    expect((await fileStore(folder).open('s')).events).toEqual([event(1)])
    expect((await readdir(await directory())).filter((name) => name.endsWith('.draft'))).toEqual([])
  })

  it('seed-88: refuses a torn record instead of leaving it out', async () => {
    const store = fileStore(folder)
    await store.open('s')
    await store.append('s', { version: 0, epoch: 1 }, [event(1)])
    await store.append('s', { version: 1, epoch: 1 }, [event(2)])
    const last = join(await directory(), (await readdir(await directory())).sort().at(-1)!)
    await writeFile(last, (await readFile(last, 'utf8')).slice(0, -10))
    await expect(fileStore(folder).open('s')).rejects.toThrow('is torn')
  })
})
