import { describe, expect, it } from 'vitest'
import { runLiveness } from '../../../../src/check/invariant/run-liveness.js'
import { type Draft, foreign, happened, own, runStart, verdict } from '../history-of.js'

const waiting = (calls: readonly { call: string; for: string }[]): Draft => happened('run-waiting', { calls, at: 10 })
const question = [{ call: 't1.c0', for: 'answer' }]
const resumed = happened('run-resume', { epoch: 2, at: 20 })
const parked = happened('run-settled', { status: 'waiting', reason: 'waiting', result: '' })

describe('run-liveness', () => {
  it('a: falls when nothing is left that could happen and the run has not ended', () => {
    const stuck = happened('run-settled', { status: 'failed', reason: 'deadlock', result: '' })
    expect(verdict(runLiveness, own, [runStart(), stuck]).violation).toMatchObject({ clause: 'a', seq: 1 })
    expect(verdict(runLiveness, foreign, [stuck]).violation).toMatchObject({ clause: 'a' })
  })

  it('b: falls when a run is parked whose log says of nothing that it waits for it', () => {
    expect(verdict(runLiveness, own, [runStart(), parked]).violation).toMatchObject({ clause: 'b', seq: 1 })
    expect(verdict(runLiveness, own, [runStart(), waiting([]), parked]).violation).toMatchObject({ clause: 'b' })
  })

  it('b: what a run waited for before it went on is no reason to wait again', () => {
    expect(verdict(runLiveness, own, [runStart(), waiting(question), resumed, parked]).violation).toMatchObject({
      clause: 'b',
    })
  })

  it('holds for a run that waits for an answer, again after a resume too', () => {
    const again = [runStart(), waiting(question), resumed, waiting(question), parked]
    expect(verdict(runLiveness, own, [runStart(), waiting(question), parked]).verdict).toBe('valid')
    expect(verdict(runLiveness, own, again).verdict).toBe('valid')
  })

  it('says nothing of a run whose trial was given up', () => {
    const cut = happened('run-settled', { status: 'waiting', reason: 'steps', result: '' })
    expect(verdict(runLiveness, own, [runStart(), cut], true).violation).toBeUndefined()
  })
})
