/** What every store owes those who share its cells. */

import { expect } from 'vitest'
import { isLinearizable, useCell } from './cell-history.js'
import type { Case } from './lab.js'

export const cellCases: readonly Case[] = [
  {
    name: 'seed-112: a cell is empty before its first write, and is written only at the version that was read',
    run: async ({ client }) => {
      const cell = client().cell('a/b')
      expect(await cell.read()).toEqual({ version: 0, value: undefined, at: expect.any(Number) })
      expect(await cell.write(0, { n: 1 })).toEqual({ kind: 'ok', version: 1 })
      expect(await client().cell('a/b').write(0, { n: 2 })).toEqual({ kind: 'conflict', version: 1 })
      expect(await cell.read()).toMatchObject({ version: 1, value: { n: 1 } })
      expect(await client().cell('a').read()).toMatchObject({ version: 0 })
    },
  },
  {
    name: 'seed-172: a cell loses no increment of many at once',
    run: async ({ client }) => {
      const increment = async (): Promise<void> => {
        const cell = client().cell('count')
        for (;;) {
          const { version, value } = await cell.read()
          if ((await cell.write(version, Number(value ?? 0) + 1)).kind === 'ok') return
        }
      }
      await Promise.all(Array.from({ length: 8 }, increment))
      expect(await client().cell('count').read()).toMatchObject({ version: 8, value: 8 })
    },
  },
  {
    name: 'seed-112: some order of all that several clients did to a cell explains what each was told',
    run: async ({ client }) => {
      for (const round of ['a', 'b', 'c']) {
        let ticks = 0
        const one = (name: string) => useCell(client().cell(round), `${round}${name}`, 12, () => ticks++)
        const histories = await Promise.all(['x', 'y', 'z'].map(one))
        expect(isLinearizable(histories.flat())).toBe(true)
      }
    },
  },
  {
    name: 'a value that was handed over, or shown, is nobody else’s',
    run: async ({ client }) => {
      const cell = client().cell('c')
      const value = { list: [1] }
      await cell.write(0, value)
      value.list.push(2)
      const shown = (await cell.read()).value as { list: number[] }
      shown.list.push(3)
      expect(await client().cell('c').read()).toMatchObject({ value: { list: [1] } })
    },
  },
  {
    name: 'clients tell the time of a cell by one clock, which never goes back, whatever their own clocks say',
    run: async ({ client }) => {
      const cells = [client(), client()].map((one) => one.cell('c'))
      const times: number[] = []
      for (let n = 0; n < 4; n++) {
        const cell = cells[n % 2]!
        const { version, at } = await skewed(n % 2 === 0 ? 0 : -3_600_000, () => cell.read())
        await cell.write(version, n)
        times.push(at)
      }
      expect(times).toEqual([...times].sort((a, b) => a - b))
      expect(times.at(-1)! - times[0]!).toBeLessThan(60_000)
    },
  },
  {
    name: 'a client whose write to a cell is not acknowledged is told that nobody knows, and finds it by looking',
    needs: 'deafened',
    run: async ({ client, deafened }) => {
      const doubt = deafened!().cell('c').write(0, 'mine')
      await expect(doubt).rejects.toMatchObject({ applied: 'unknown' })
      expect(await client().cell('c').read()).toMatchObject({ version: 1, value: 'mine' })
    },
  },
]

/** With the wall clock of this client set by so many milliseconds. */
async function skewed<T>(byMs: number, operation: () => Promise<T>): Promise<T> {
  const real = Date.now
  Date.now = () => real() + byMs
  try {
    return await operation()
  } finally {
    Date.now = real
  }
}
