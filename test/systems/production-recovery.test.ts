/** A process that starts finds what earlier ones left unfinished, and runs it; what it cannot run is told, and stops nothing. */

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Approvals, Decision } from '../../src/core/approval.js'
import { digest } from '../../src/core/digest.js'
import type { LogEvent } from '../../src/core/event.js'
import type { ModelAnswer, ModelRequest } from '../../src/core/model.js'
import { StoreError } from '../../src/core/store.js'
import {
  defineAgent,
  defineTool,
  fileStore,
  type ListingStore,
  type Model,
  type RunResult,
  recoverSessions,
  runAgent,
} from '../../src/runtime.js'

let folder = ''
let paid: string[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stormproof-'))
  paid = []
})
afterEach(() => rm(folder, { recursive: true }))

/** The service: once a key. */
const execute = async (_input: object, { key }: { key: string }) => {
  if (!paid.includes(key)) paid.push(key)
  return { receipt: key }
}
const payment = {
  description: 'Pays',
  effect: 'write',
  input: z.object({}),
  output: z.object({ receipt: z.string() }),
} as const
const pay = defineTool({ ...payment, name: 'pay', execute })
const payApproved = defineTool({ ...payment, name: 'pay_approved', approval: { approvers: ['lead'] }, execute })

const retry = { baseMs: 1, jitterMs: 0 }
const shop = defineAgent({ name: 'shop', instructions: 'x', tools: [pay, payApproved], asksUser: true, retry })
const other = defineAgent({ name: 'other', instructions: 'x', tools: [pay], retry })

const usage = { inputTokens: 1, outputTokens: 1 }
const say = (text: string): ModelAnswer => ({ text, calls: [], stop: 'stop', usage })
const call = (tool: string, input = {}): ModelAnswer => ({
  text: '',
  calls: [{ id: 'c', tool, arguments: JSON.stringify(input) }],
  stop: 'tool-calls',
  usage,
})

/** Calls the tool that its prompt names, then says that it is done. */
const asked: ModelRequest[] = []
const model: Model = {
  '~model': true,
  answer: async (request) => {
    asked.push(request)
    const prompt = request.messages.find(({ role }) => role === 'user') as { text: string }
    if (request.messages.at(-1)?.role === 'tool') return say('done')
    return prompt.text === 'ask_user' ? call('ask_user', { question: 'which?' }) : call(prompt.text)
  },
}

/** Answers when it is told to: until then its runs stand still, as those of a process that hangs. */
function hanging() {
  let release = (): void => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const stuck: Model = { '~model': true, answer: (request) => released.then(() => model.answer(request)) }
  return { model: stuck, release }
}

const start = (session: string, prompt: string, by: Model = model): Promise<RunResult> =>
  runAgent(shop, { session, prompt, model: by, store: fileStore(folder) })

/** What becomes of a run whose process has died is nobody's concern. */
const abandon = (run: Promise<unknown>): void => void run.catch(() => {})

const recovered = (options: { approvals?: Approvals; store?: ListingStore } = {}) =>
  recoverSessions({ agents: [shop], model, store: fileStore(folder), ...options })

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 2))
}

const hasLog = (session: string, type: LogEvent['type']) => async (): Promise<boolean> =>
  (await fileStore(folder).read(session)).events.some((event) => event.type === type)

describe('seed-89: after a restart', () => {
  it('every unfinished session is found, those awaiting approval and suspended ones too, and no ended one', async () => {
    expect((await start('ended', 'pay')).status).toBe('completed')
    expect((await start('approval', 'pay_approved')).waitsFor).toMatchObject([{ for: 'approval' }])
    expect((await start('question', 'ask_user')).waitsFor).toMatchObject([{ for: 'answer' }])
    abandon(start('cut-off', 'pay', hanging().model))
    await until(hasLog('cut-off', 'model-call-start'))
    await fileStore(folder).open('opened-only')

    asked.length = 0
    const told = await recovered()
    expect(told).toMatchObject([
      { kind: 'ran', session: 'approval', result: { status: 'waiting', waitsFor: [{ for: 'approval' }] } },
      { kind: 'ran', session: 'cut-off', result: { status: 'completed' } },
      { kind: 'ran', session: 'question', result: { status: 'waiting', waitsFor: [{ for: 'answer' }] } },
    ])
    expect(paid.sort()).toEqual(['cut-off/t1.c0', 'ended/t1.c0'])
    // What waits for people asks the model nothing.
    expect(asked).toHaveLength(2)
  })

  it('a session awaiting approval goes on where it stood once somebody has decided', async () => {
    await start('approval', 'pay_approved')
    const decision: Decision = { approval: 'approval/t1.c0', by: 'lead', decision: 'approve' }
    const approvals: Approvals = { notify: async () => {}, decisions: async () => [decision] }
    expect(await recovered({ approvals })).toMatchObject([{ kind: 'ran', result: { status: 'completed' } }])
    expect(paid).toEqual(['approval/t1.c0'])
    expect(await recovered({ approvals })).toEqual([])
  })
})

it('seed-89: sessions that wait for people keep no other session waiting', async () => {
  for (const session of ['a', 'b', 'c']) await start(session, 'pay_approved')
  abandon(start('z', 'pay', hanging().model))
  await until(hasLog('z', 'model-call-start'))
  const approvals: Approvals = {
    notify: async () => {},
    decisions: async (session) =>
      paid.includes('z/t1.c0') ? [{ approval: `${session}/t1.c0`, by: 'lead', decision: 'approve' }] : [],
    pollMs: 5,
  }
  const told = await recoverSessions({ agents: [shop], model, store: fileStore(folder), approvals, atOnce: 1 })
  expect(told.map((one) => one.kind === 'ran' && one.result.status)).toEqual(told.map(() => 'completed'))
  expect(paid.toSorted()).toEqual(['a/t1.c0', 'b/t1.c0', 'c/t1.c0', 'z/t1.c0'])
})

it('seed-93: any worker may resume, and the one that only seemed dead does nothing more', async () => {
  const { model: stuck, release } = hanging()
  const zombie = start('s', 'pay', stuck)
  await until(hasLog('s', 'model-call-start'))
  expect(await recovered()).toMatchObject([{ kind: 'ran', result: { status: 'completed', text: 'done' } }])
  const { events } = await fileStore(folder).read('s')
  release()
  // The run has ended since: both callers hear the same.
  expect(await zombie).toMatchObject({ status: 'completed', text: 'done' })
  expect(paid).toEqual(['s/t1.c0'])
  expect((await fileStore(folder).read('s')).events).toEqual(events)
})

it('seed-93, seed-87: two workers that resume one session at once pay once, and one of them hears that it was overtaken', async () => {
  abandon(start('s', 'pay', hanging().model))
  await until(hasLog('s', 'model-call-start'))
  const told = (await Promise.all([recovered(), recovered()])).flat()
  expect(told.some((one) => one.kind === 'ran' && one.result.status === 'completed')).toBe(true)
  for (const one of told) {
    if (one.kind === 'not-run') expect(String(one.error)).toContain('is owned by a later run')
  }
  expect(paid).toEqual(['s/t1.c0'])
})

describe('a session that cannot be run', () => {
  const directoryOf = async (session: string): Promise<string> =>
    join(folder, (await readdir(folder)).find((name) => name.startsWith(`${session}-`))!)
  const unfinished = async (...sessions: readonly string[]): Promise<void> => {
    for (const session of sessions) await start(session, 'ask_user')
  }
  const claim = async (session: string, format: number): Promise<void> => {
    const directory = await directoryOf(session)
    const body = JSON.stringify({ epoch: 99, events: [], format, session })
    const next = (await readdir(directory)).filter((name) => name.endsWith('.json')).length
    await writeFile(join(directory, `${String(next).padStart(9, '0')}.json`), `${digest(body)}\n${body}\n`)
  }

  it('is told with its reason, and the others are run', async () => {
    await unfinished('fine', 'format', 'torn', 'unknown', 'zzz')
    abandon(runAgent(other, { session: 'stranger', prompt: 'pay', model: hanging().model, store: fileStore(folder) }))
    await until(hasLog('stranger', 'run-start'))
    await claim('format', 2)
    await writeFile(join(await directoryOf('torn'), '000000001.json'), 'half of')
    const long = `long${'x'.repeat(200)}`
    await unfinished(long)
    await writeFile(join(await directoryOf('long'.padEnd(80, 'x')), '000000000.json'), 'half of')
    const store = fileStore(folder)
    const { version, epoch } = await store.open('unknown')
    await store.append('unknown', { version, epoch }, [{ type: 'dreamt' } as unknown as LogEvent])

    const told = await recovered()
    expect(told.map(({ kind, session }) => `${session.slice(0, 8)} ${kind}`)).toEqual([
      'fine ran',
      'format not-run',
      'longxxxx not-run',
      'stranger not-run',
      'torn not-run',
      'unknown not-run',
      'zzz ran',
    ])
    const reasons = told.map((one) => (one.kind === 'not-run' ? String(one.error) : ''))
    expect(reasons[1]).toContain('written in format 2; this version reads up to 1')
    expect(reasons[2]).toContain('has no log of it')
    expect(reasons[3]).toContain('agent other, which is not among the agents')
    expect(reasons[4]).toContain('is torn')
    expect(reasons[5]).toContain('an event that this version does not know: dreamt')
    // Whoever can read it still owns it.
    expect(await fileStore(folder).read('unknown')).toMatchObject({ epoch })
  })
})

describe('seed-90: a store that is down', () => {
  it('when the sessions are listed is an error, not an empty list', async () => {
    await writeFile(join(folder, 'file'), '')
    const listing = recoverSessions({ agents: [shop], model, store: fileStore(join(folder, 'file')) })
    await expect(listing).rejects.toMatchObject({ code: 'config', message: expect.stringContaining('ENOTDIR') })
  })

  it('when one session is read is told of that session', async () => {
    await start('a', 'ask_user')
    await start('b', 'ask_user')
    const store = fileStore(folder)
    const down: ListingStore = {
      ...store,
      read: async (session) => {
        if (session === 'a') throw new StoreError('away', 'no')
        return store.read(session)
      },
    }
    expect(await recovered({ store: down })).toMatchObject([
      { kind: 'not-run', session: 'a', error: { message: 'away' } },
      { kind: 'ran', session: 'b' },
    ])
  })

  it('when a session is opened delays the run, and never begins it a second time', async () => {
    await start('s', 'ask_user')
    const store = fileStore(folder)
    let tries = 0
    const down: ListingStore = {
      ...store,
      open: async (session) => {
        if (++tries < 3) throw new StoreError('away', tries === 1 ? 'no' : 'unknown')
        return store.open(session)
      },
    }
    const answers = { 't1.c0': 'this one' }
    const result = await runAgent(shop, { session: 's', prompt: 'ask_user', model, store: down, answers })
    expect(result).toMatchObject({ status: 'completed', text: 'done' })
    expect(tries).toBe(3)
    const { events } = await store.read('s')
    expect(events.filter(({ type }) => type === 'run-start')).toHaveLength(1)
  })
})
