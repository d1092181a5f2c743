/** The files of a user compile as they stand against the packed types, and every misuse is refused where it is made. */

import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Consumer, copyProject, newConsumer } from './consumer.js'
import { type Packed, packPackage } from './packed.js'
import { type Complaint, typeCheck } from './type-check.js'

/** Where the compiler points when it refuses: the beginning of the wrong part, by the reason given above the statement. */
const refusedAt: Readonly<Record<string, string>> = {
  'a tool that the agent does not have': `'refund'`,
  'arguments that the tool does not take': `id: 'A-7'`,
  'an effect that the backend does not have': 'order.length',
  'a missing backend': 'agent: checkoutAgent',
  'an invariant whose backend the scenario lacks': 'noLateRefund]',
  'both kinds of agent': 'agent: checkoutAgent',
  'a fault without a family': `name: 'stale'`,
  'an operation that does not exist': `operation: 'orders'`,
  'an answer of another shape': 'after: () =>',
  'a handler that forgets to judge': `'shop.refund': () =>`,
  'an event nobody emits': `'shop.refunded'`,
  'a read has no compensation': '{ name:',
  'an output that does not fit its schema': '({ id: 1 })',
  'a clause switched off without a reason': 'idempotent:',
  'an input field that the tool does not have': 'inputs:',
  'an arbitrary of the wrong type': 'inputs:',
}

interface Statement {
  readonly reason: string
  readonly line: number
  readonly source: string
}

const misuse = readFileSync(new URL('./project/misuse.ts', import.meta.url), 'utf8')
const expectation = /^\/\/ @ts-expect-error (.+)$/

/** The statements that must not compile; each stands on the line below its reason. */
function wrongStatements(): readonly Statement[] {
  const lines = misuse.split('\n')
  return lines.flatMap((text, index) => {
    const reason = expectation.exec(text)?.[1]
    return reason === undefined ? [] : [{ reason, line: index + 2, source: lines[index + 1] as string }]
  })
}

let packed: Packed
let consumer: Consumer
let unchanged: readonly Complaint[]
let unprotected: readonly Complaint[]

beforeAll(() => {
  packed = packPackage()
  consumer = newConsumer(packed)
  copyProject(consumer)
  unchanged = typeCheck(consumer.folder, ['-p', '.'])
  consumer.write('misuse.ts', misuse.replaceAll('// @ts-expect-error', '//'))
  unprotected = typeCheck(consumer.folder, ['-p', '.'])
}, 60_000)

afterAll(() => {
  consumer?.remove()
  packed?.remove()
})

describe('the project of a user', () => {
  test('compiles without a complaint, except for the wrong programs', () => {
    expect(unchanged.filter(({ file }) => file !== 'misuse.ts')).toEqual([])
  })

  test('holds the wrong programs this suite knows, and no other', () => {
    const reasons = wrongStatements().map(({ reason }) => reason)
    expect(reasons).toEqual(Object.keys(refusedAt))
  })
})

describe('a wrong program is refused', () => {
  test.each(wrongStatements())('$reason', ({ reason, line, source }) => {
    const complaints = unprotected.filter((each) => each.file === 'misuse.ts' && each.line === line)
    const places = complaints.map(({ column }) => source.slice(column - 1))
    expect(places).toEqual([expect.stringContaining(refusedAt[reason] as string)])
    expect(places[0]?.startsWith(refusedAt[reason] as string)).toBe(true)
  })

  test('and nothing else in its file is', () => {
    const wrong = wrongStatements().map(({ line }) => line)
    const others = unprotected.filter((each) => each.file === 'misuse.ts' && !wrong.includes(each.line))
    expect(others).toEqual([])
  })
})
