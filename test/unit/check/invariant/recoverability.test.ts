import { describe, expect, it } from 'vitest'
import { recoverability } from '../../../../src/check/invariant/recoverability.js'
import {
  answered,
  crash,
  foreign,
  happened,
  own,
  prompted,
  runEnd,
  runSettled,
  runStart,
  user,
  verdict,
} from '../history-of.js'

const resumed = happened('run-resume', { epoch: 2, at: 0 })
const asked = prompted(1, [user])
const refused = prompted(1, [user], { refused: 'a call has no result' })
const cutOff = answered(1, [], { complete: false })

describe('recoverability', () => {
  it('holds where the run goes on after a restart', () => {
    expect(verdict(recoverability, own, [runStart(), crash, resumed])).toMatchObject({
      verdict: 'valid',
      arose: 1,
      concerned: true,
    })
  })

  it('breaks clause a where nobody goes on with a run that has not ended', () => {
    const { violation } = verdict(recoverability, own, [runStart(), crash, runSettled('waiting')])
    expect(violation).toMatchObject({ clause: 'a', witness: [2] })
  })

  it('asks nothing of a run that had ended, or whose caller was told how it went', () => {
    expect(verdict(recoverability, own, [runStart(), runEnd(), crash])).toMatchObject({ verdict: 'valid', arose: 0 })
    expect(verdict(recoverability, own, [runStart(), crash, runSettled('failed')]).verdict).toBe('valid')
  })

  it('holds where a rejected call is followed by a sound prompt, whoever wrote the agent', () => {
    const limited = answered(1, [], { status: 429, complete: false })
    const length = answered(1, [], { stop: 'length' })
    for (const rejected of [cutOff, limited, length])
      expect(verdict(recoverability, foreign, [asked, rejected, asked])).toMatchObject({ verdict: 'valid', arose: 1 })
    expect(verdict(recoverability, foreign, [asked, answered(1, []), refused])).toMatchObject({ arose: 0 })
  })

  it('breaks clause b where what was rejected spoils the next prompt', () => {
    expect(verdict(recoverability, foreign, [asked, cutOff, refused]).violation).toMatchObject({
      clause: 'b',
      witness: [1, 2],
    })
  })

  it('does not say twice that a prompt is refused for what it was refused before', () => {
    expect(verdict(recoverability, foreign, [refused, cutOff, refused])).toMatchObject({ verdict: 'valid', arose: 0 })
  })
})
