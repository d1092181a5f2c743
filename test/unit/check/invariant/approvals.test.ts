import { describe, expect, it } from 'vitest'
import { approvalGate } from '../../../../src/check/invariant/approval-gate.js'
import { decisionLiveness } from '../../../../src/check/invariant/decision-liveness.js'
import { decisionRouting } from '../../../../src/check/invariant/decision-routing.js'
import { denialFinality } from '../../../../src/check/invariant/denial-finality.js'
import type { EventMap } from '../../../../src/core/event.js'
import type { Facts } from '../../../../src/core/history.js'
import {
  applied,
  attemptStart,
  batchCommit,
  charge,
  crash,
  type Draft,
  happened,
  own,
  runEnd,
  runStart,
  verdict,
} from '../history-of.js'

const gated: Facts = { ...own, tools: [{ ...charge, approvers: ['lead', 'finance'] }] }
const call = 't1.c0'
const name = 's/t1.c0'

const asked = (fill: Partial<EventMap['approval-requested']> = {}): Draft =>
  happened('approval-requested', {
    ...{ approval: name, call, tool: 'charge', argsDigest: 'd-charge', policy: '', approvers: ['lead', 'finance'] },
    ...{ at: 0, expiresAt: 1_000 },
    ...fill,
  })
const decided = (by: string, decision: 'approve' | 'deny' = 'approve', approval = name, at = 0): Draft =>
  happened('approval-decided', { id: `${by} ${decision} ${approval}`, approval, by, decision, at })
const sent = (by: string, decision: 'approve' | 'deny' = 'approve', approval = name): Draft =>
  happened('decision-sent', {
    id: `${by} ${decision} ${approval}`,
    approval,
    by,
    decision,
    genuine: true,
    expiresAt: 1_000,
  })
const refused = (by: string, at: number): Draft =>
  happened('approval-refused', {
    id: `${by} approve ${name}`,
    approval: name,
    by,
    decision: 'approve',
    because: 'no',
    at,
  })
const consumed = (approval = name): Draft => happened('approval-consumed', { approval, call, attempt: 1 })
const world = happened('state-load', { session: 's', version: 0, epoch: 1, isOpening: true })
const approvedByAll = [asked(), decided('lead'), decided('finance')]

describe('approval-gate', () => {
  const broken = (...drafts: readonly (Draft | readonly Draft[])[]) =>
    verdict(approvalGate, gated, [runStart({ agent: 'shop' }), ...drafts]).violation

  it('holds for a call that everybody approved, and for its retries after that', () => {
    const found = verdict(approvalGate, gated, [
      ...approvedByAll,
      consumed(),
      attemptStart(call),
      attemptStart(call, 'charge', 2, { vt: 5_000 }),
    ])
    expect(found).toMatchObject({ verdict: 'valid', arose: 2, concerned: true })
    expect(verdict(approvalGate, own, [attemptStart(call)])).toMatchObject({ arose: 0, concerned: false })
  })

  it('breaks clause a for a call nobody was asked about', () => {
    expect(broken(attemptStart(call))).toMatchObject({ clause: 'a', tool: 'charge' })
  })

  it('breaks clause b for other arguments than were approved', () => {
    expect(
      broken(asked({ argsDigest: 'other' }), decided('lead'), decided('finance'), consumed(), attemptStart(call)),
    ).toMatchObject({ clause: 'b' })
  })

  it('breaks clause c for a missing approval, a denial, the agent’s own word, and for asking others than the tool says', () => {
    expect(broken(asked(), decided('lead'), decided('mallory'), consumed(), attemptStart(call))).toMatchObject({
      clause: 'c',
      witness: [1, 2, 3, 5],
    })
    expect(broken(...approvedByAll, decided('lead', 'deny'), consumed(), attemptStart(call))).toMatchObject({
      clause: 'c',
    })
    expect(broken(asked({ approvers: ['lead'] }))).toMatchObject({ clause: 'c' })
    const self: Facts = { ...own, tools: [{ ...charge, approvers: ['shop'] }] }
    const start = [
      runStart({ agent: 'shop' }),
      asked({ approvers: ['shop'] }),
      decided('shop'),
      consumed(),
      attemptStart(call),
    ]
    expect(verdict(approvalGate, self, start).violation).toMatchObject({ clause: 'c' })
  })

  it('breaks clause d for a start when it has expired, in the first incarnation or a later one', () => {
    expect(broken(...approvedByAll, consumed(), attemptStart(call, 'charge', 1, { vt: 1_000 }))).toMatchObject({
      clause: 'd',
    })
    const later = attemptStart(call, 'charge', 2, { vt: 1_000 })
    expect(broken(...approvedByAll, consumed(), attemptStart(call), crash, later)).toMatchObject({ clause: 'd' })
    expect(broken(...approvedByAll, consumed(), attemptStart(call), later)).toBeUndefined()
  })

  it('breaks clause e for an approval that is not used up, or is twice', () => {
    expect(broken(...approvedByAll, attemptStart(call))).toMatchObject({ clause: 'e' })
    expect(broken(...approvedByAll, consumed(), attemptStart(call), consumed())).toMatchObject({ clause: 'e' })
  })
})

describe('decision-routing', () => {
  const other = asked({ approval: 's/t1.c1', call: 't1.c1' })
  const broken = (...drafts: readonly Draft[]) =>
    verdict(decisionRouting, gated, [world, asked(), other, ...drafts]).violation

  it('holds where what was said about each of two requests counts for that one', () => {
    const words = [sent('lead'), sent('lead', 'deny', 's/t1.c1'), decided('lead', 'deny', 's/t1.c1'), decided('lead')]
    expect(verdict(decisionRouting, gated, [world, asked(), other, ...words])).toMatchObject({
      verdict: 'valid',
      arose: 2,
    })
  })

  it('breaks for a decision about another request, for one nobody made, and for one that counts twice', () => {
    const moved = { ...decided('lead'), id: `lead approve s/t1.c1` } as Draft
    expect(broken(sent('lead', 'approve', 's/t1.c1'), moved)).toMatchObject({ clause: 'a' })
    expect(broken(decided('lead'))).toMatchObject({ because: expect.stringContaining('was about nothing') })
    expect(broken(sent('lead'), decided('lead'), decided('lead'))).toMatchObject({ witness: [4, 5] })
  })

  it('has nothing to compare with in a log without its world', () => {
    expect(verdict(decisionRouting, gated, [asked(), decided('lead')])).toMatchObject({ verdict: 'valid' })
  })
})

describe('decision-liveness', () => {
  const broken = (...drafts: readonly Draft[]) => verdict(decisionLiveness, gated, drafts).violation

  it('holds where requests end in a start or in a record of why not', () => {
    expect(verdict(decisionLiveness, gated, [...approvedByAll, consumed(), runEnd()])).toMatchObject({
      verdict: 'valid',
      arose: 2,
    })
    const error = { class: 'refused', text: 'denied', retryable: false } as const
    const rejected = happened('call-rejected', { call, tool: 'charge', error })
    expect(broken(asked(), decided('lead', 'deny'), rejected)).toBeUndefined()
  })

  it('breaks clause a for a request that waits for ever', () => {
    expect(broken(...approvedByAll)).toMatchObject({ clause: 'a', witness: [0] })
    expect(verdict(decisionLiveness, gated, approvedByAll, true).violation).toBeUndefined()
  })

  it('breaks clause b for a decision that is refused while it is awaited, and for no other refusal', () => {
    expect(broken(asked(), sent('lead'), refused('lead', 10), consumed())).toMatchObject({ clause: 'b' })
    expect(broken(asked(), sent('lead'), refused('lead', 1_000), consumed())).toBeUndefined()
    expect(broken(asked(), refused('mallory', 10), consumed())).toBeUndefined()
  })

  it('breaks clause c for a request that is made twice', () => {
    expect(broken(asked(), asked())).toMatchObject({ clause: 'c', witness: [0, 1] })
  })
})

describe('denial-finality', () => {
  const denied = [asked(), decided('lead', 'deny')]
  const broken = (...drafts: readonly Draft[]) => verdict(denialFinality, gated, drafts).violation

  it('holds where a denial or an expiry is told once, as a failure', () => {
    expect(verdict(denialFinality, gated, [...denied, batchCommit(1, ['failed'])])).toMatchObject({
      verdict: 'valid',
      arose: 1,
    })
    const expired = happened('approval-expired', { approval: name, call })
    expect(broken(asked(), expired, batchCommit(1, ['failed']))).toBeUndefined()
    expect(broken(asked(), expired, attemptStart(call))).toMatchObject({ clause: 'a' })
  })

  it('breaks clause a for a denied call that starts or has an effect', () => {
    expect(broken(...denied, attemptStart(call))).toMatchObject({ clause: 'a', witness: [1, 2] })
    expect(broken(...denied, applied(0, { call }))).toMatchObject({ clause: 'a', witness: [1, 2] })
  })

  it('breaks clause b for a denial told twice, told as done, or followed by an approval', () => {
    expect(broken(...denied, batchCommit(1, ['failed']), batchCommit(1, ['failed']))).toMatchObject({ clause: 'b' })
    expect(broken(...denied, batchCommit(1, ['ok']))).toMatchObject({ clause: 'b' })
    expect(broken(...denied, decided('finance'))).toMatchObject({ clause: 'b', witness: [1, 2] })
  })
})
