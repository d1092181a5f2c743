import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { workerHands } from '../../../src/cli/worker-hands.js'
import { WorkerProcess } from '../../../src/cli/worker-process.js'
import type { Job } from '../../../src/explore/hands.js'
import { temporaryFolder } from './temporary-folder.js'

/** Answers trials with their index; storm 3 never yields, storm 5 ends the process. */
const entry = `
const tell = (message) => process.send(message)
process.on('message', (message) => {
  if (message.kind === 'ping') return tell({ kind: 'pong' })
  if (message.kind === 'load') return tell({ kind: 'loaded', scenarios: [], troubles: [] })
  const { id, method, args } = message.request
  if (method !== 'trials') return tell({ kind: 'answer', answer: { id, ok: true, value: process.pid } })
  const value = args[1].map(({ index }) => {
    if (index === 3) for (;;) {}
    if (index === 5) process.exit(7)
    return { record: { index }, problems: [] }
  })
  tell({ kind: 'answer', answer: { id, ok: true, value } })
})
`

function startWorker(text = entry): WorkerProcess {
  const folder = temporaryFolder({ 'worker.mjs': text })
  const worker = new WorkerProcess({
    entry: join(folder, 'worker.mjs'),
    order: { kind: 'load', folder, files: [] },
    silenceMs: 500,
    execArgv: [],
    onError: () => {},
  })
  onTestFinished(() => worker.stop())
  return worker
}

const storm = (index: number): Job => ({
  origin: 'fresh',
  index,
  source: { kind: 'random', seed: '1', preset: 'stormy' },
})

describe('a worker', () => {
  test('that hangs or dies in a trial costs that trial alone; reports keep their order', {
    timeout: 20_000,
  }, async () => {
    const hands = workerHands(startWorker(), () => 'a.scenario.ts')
    const reports = await hands.trials(
      'a',
      Array.from({ length: 20 }, (_, at) => storm(at + 1)),
    )
    expect(reports.map((report) => report.record.index)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1))
    const troubled = reports.flatMap(({ record, problems }) => problems.map(({ kind }) => [record.index, kind]))
    expect(troubled).toEqual([
      [3, 'hang'],
      [5, 'exit'],
    ])
    expect(reports[4]?.problems[0]).toMatchObject({
      what: 'the code under test ended its process with code 7',
      where: 'a.scenario.ts',
    })
    expect(reports[2]).toMatchObject({ unknown: true, record: { ending: 'hang', violations: [] } })
  })

  test('is started again after its death', { timeout: 20_000 }, async () => {
    const hands = workerHands(startWorker(), () => '')
    const first = await hands.shrink('a', [], { invariant: 'i', clause: 'a' })
    await hands.trials('a', [storm(5)])
    const second = await hands.shrink('a', [], { invariant: 'i', clause: 'a' })
    expect(second).not.toBe(first)
  })

  test('that dies while it examines a finding is an error with a way out', { timeout: 20_000 }, async () => {
    const hands = workerHands(
      startWorker(
        entry.replace(
          "if (method !== 'trials')",
          "if (method === 'shrink') process.exit(9)\n  if (method !== 'trials')",
        ),
      ),
      () => '',
    )
    await expect(hands.shrink('a', [], { invariant: 'i', clause: 'a' })).rejects.toMatchObject({
      code: 'scenario',
      message: 'while a finding was examined, the code under test ended its process with code 9',
    })
  })

  test('that dies while it loads says so', { timeout: 20_000 }, async () => {
    await expect(startWorker('process.exit(4)').load()).rejects.toMatchObject({
      death: { kind: 'exit', text: 'the code under test ended its process with code 4' },
    })
  })
})
