import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileStore } from '../../../src/platform/file-store.js'
import { memoryStore } from '../../../src/platform/memory-store.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stormproof-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe.each([
  ['memory', () => memoryStore()],
  ['files', () => fileStore(folder)],
] as const)('seed-112: a cell in %s', (_name, storeOf) => {
  it('is empty before its first write, and is written only at the version that was read', async () => {
    const cell = storeOf().cell('a/b')
    expect(await cell.read()).toEqual({ version: 0, value: undefined, at: expect.any(Number) })
    expect(await cell.write(0, { n: 1 })).toEqual({ kind: 'ok', version: 1 })
    expect(await cell.write(0, { n: 2 })).toEqual({ kind: 'conflict', version: 1 })
    expect(await cell.read()).toMatchObject({ version: 1, value: { n: 1 } })
  })

  it('seed-172: loses no increment of many at once', async () => {
    const store = storeOf()
    const increment = async (): Promise<void> => {
      const cell = store.cell('count')
      for (;;) {
        const { version, value } = await cell.read()
        if ((await cell.write(version, Number(value ?? 0) + 1)).kind === 'ok') return
      }
    }
    await Promise.all(Array.from({ length: 12 }, increment))
    expect(await store.cell('count').read()).toMatchObject({ version: 12, value: 12 })
  })
})

it('a cell in files is shared by processes, and a torn one is refused', async () => {
  await fileStore(folder).cell('torn').write(0, 'whole')
  expect(await fileStore(folder).cell('torn').read()).toMatchObject({ value: 'whole' })
  const cells = join(folder, 'cells')
  const directory = join(cells, (await readdir(cells)).find((name) => name.startsWith('torn'))!)
  await writeFile(join(directory, '000000002.json'), 'half of')
  await expect(fileStore(folder).cell('torn').read()).rejects.toThrow('torn')
})
