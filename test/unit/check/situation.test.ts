import { describe, expect, it } from 'vitest'
import type { HeardEvent } from '../../../src/check/heard-event.js'
import { situationCheck } from '../../../src/check/situation.js'
import { applied, crash, foreign, happened, linesOf, runEnd, takenBack, verdict } from './history-of.js'

const shape = [{ backend: 'shop', operations: ['charge'] }]
type Trial = Parameters<Parameters<typeof situationCheck>[1]>[0]
const situation = (arose: (trial: Trial) => boolean) => situationCheck('a crash after a charge', arose, shape)
const strayed = happened('model-strayed', { turn: 1, attempt: 1, fault: 'model/loop' })

const crashedLate = situation(({ events, ledger }) => {
  const at = events.findIndex(({ type }) => type === 'crash')
  return at > 0 && linesOf(ledger, 'shop', 'charge').some(({ compensated }) => compensated)
})

describe('a situation', () => {
  it('arises at most once a trial, judged by its ledger and its events when it has ended', () => {
    expect(verdict(crashedLate, foreign, [applied(0), takenBack(0), crash])).toMatchObject({
      ...{ verdict: 'valid', arose: 1, concerned: true },
    })
    expect(verdict(crashedLate, foreign, [applied(0), crash])).toMatchObject({ verdict: 'valid', arose: 0 })
  })

  it('may arise in a trial that a budget ended, and though the model strayed', () => {
    const ended = situation(({ events }) => events.some(({ type }) => type === 'run-end'))
    expect(verdict(ended, foreign, [strayed, runEnd()], true)).toMatchObject({ verdict: 'valid', arose: 1 })
  })

  it('sees events that nobody can write to', () => {
    const writes = situation(({ events }) => (events as HeardEvent[]).push(events[0] as HeardEvent) > 0)
    const assigns = situation(({ events }) => Object.assign(events[0] as HeardEvent, { seq: 9 }).seq > 0)
    for (const check of [writes, assigns])
      expect(verdict(check, foreign, [runEnd()])).toMatchObject({ verdict: 'unknown', arose: 0 })
  })
})
