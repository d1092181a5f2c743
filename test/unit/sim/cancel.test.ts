import { describe, expect, it } from 'vitest'
import checkout from '../../../scenarios/checkout.scenario.js'
import refundApproval from '../../../scenarios/refund-approval.scenario.js'
import type { Pair } from '../../../src/explore/hands.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import type { Scenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'

const wish: Pair = ['run/cancel', 'user/cancel']
const at = (moment: string): Pair => ['run/cancel@at', moment]

async function trial(scenario: Scenario, decisions: readonly Pair[]) {
  const { intended } = (await runTrial(scenario, { source: replaySource([]), calm: true, keepGoing: true })).facts
  return runTrial(scenario, { source: replaySource([wish, ...decisions]), intended, keepGoing: true })
}

/** What began after the run had heard of it. */
function begunAfter({ events }: Awaited<ReturnType<typeof trial>>): readonly string[] {
  const heard = events.findIndex(({ type }) => type === 'cancel-requested')
  const begins = ['attempt-start', 'model-call-start', 'request-arrived', 'compensation-start']
  return events.slice(heard).flatMap(({ type }) => (heard >= 0 && begins.includes(type) ? [type] : []))
}

describe('a user who cancels', () => {
  it('in a tool: it is let go, nothing follows, and what was done is undone', async () => {
    const result = await trial(checkout, [])
    expect(result.faults['user/cancel']).toEqual({ planned: 1, injected: 1, landed: 1 })
    expect(result.violations).toEqual([])
    expect(['cancelled', 'needs-intervention']).toContain(result.status)
    expect(begunAfter(result).filter((type) => type.endsWith('-start') && type !== 'compensation-start')).toEqual([])
  })

  it.each(['model', 'between-steps', 'wait'])('in a run that needs approval, at %s: it ends there', async (moment) => {
    const result = await trial(refundApproval, [at(moment)])
    expect(result.faults['user/cancel']).toEqual({ planned: 1, injected: 1, landed: 1 })
    expect(result).toMatchObject({ status: 'cancelled', reason: 'cancelled', violations: [] })
    expect(begunAfter(result)).toEqual([])
  })

  it('while a model call waits to be tried again: it is not', async () => {
    const result = await trial(refundApproval, [at('backoff'), ['model/t1/a1', 'model/http-error']])
    expect(result).toMatchObject({ status: 'cancelled', violations: [] })
    expect(begunAfter(result)).toEqual([])
  })

  it('while a run is undone: it is undone all the same', async () => {
    const gone: readonly Pair[] = [
      ['mail.send#t2.c0/a1', 'tool/error'],
      ['mail.send#t2.c0/a1@kind', 'permanent'],
    ]
    const result = await trial(checkout, [at('compensation'), ...gone])
    const typesOf = result.events.map(({ type }) => type as string)
    expect(typesOf.indexOf('cancel-requested')).toBeLessThan(typesOf.indexOf('effect-compensated'))
    expect(result).toMatchObject({ status: 'needs-intervention', reason: 'saga-residue', violations: [] })
  })

  it('and then the process dies: the next one hears it first', async () => {
    const crash: Pair = ['store/cancel-requested/run/try-1', 'process/crash-before-effect']
    const result = await trial(refundApproval, [at('model'), crash])
    expect(result).toMatchObject({ status: 'cancelled', violations: [] })
    expect(begunAfter(result)).toEqual([])
    expect(result.events.filter(({ type }) => type === 'crash')).toHaveLength(1)
  })

  it('once the storm is over: they do not', async () => {
    const result = await trial(refundApproval, [at('wait'), ['storm-end', '5000'], ['approval.process', 'stays']])
    const over = result.events.findIndex(({ type }) => type === 'storm-end')
    const spoke = result.events.findIndex(({ type }) => type === 'fault-injected')
    expect(spoke < over).toBe(spoke >= 0)
  })
})
