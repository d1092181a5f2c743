import { describe, expect, it } from 'vitest'
import { terminalOnce } from '../../../../src/check/invariant/terminal-once.js'
import { crash, foreign, happened, modelStart, own, prompted, runEnd, runStart, user, verdict } from '../history-of.js'

describe('terminal-once', () => {
  it('holds where a run ends and stays ended, a restart included', () => {
    expect(verdict(terminalOnce, own, [runStart(), runEnd(), crash])).toMatchObject({ verdict: 'valid', arose: 1 })
  })

  it('breaks where it ends twice, or goes on', () => {
    expect(verdict(terminalOnce, own, [runEnd(), runEnd('failed')]).violation).toMatchObject({
      clause: 'a',
      witness: [0, 1],
    })
    const resumed = happened('run-resume', { epoch: 2, at: 0 })
    expect(verdict(terminalOnce, own, [runEnd(), crash, resumed]).violation?.clause).toBe('b')
    expect(verdict(terminalOnce, own, [runEnd(), modelStart(2)]).violation?.because).toContain('model-call-start')
  })

  it('elsewhere: breaks where the model is asked after the end, unless the world made that end', () => {
    expect(verdict(terminalOnce, foreign, [runEnd(), prompted(2, [user])]).violation?.clause).toBe('b')
    expect(verdict(terminalOnce, foreign, [runEnd('timed-out'), prompted(2, [user])]).verdict).toBe('valid')
  })
})
