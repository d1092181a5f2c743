/** Hand-made records of the four endings a newcomer meets. */

import { type KeptMoment, keepMoment } from '../../src/report/kept-moment.js'
import type { CampaignRecord, FindingRecord, InvariantRecord, ScenarioRecord } from '../../src/report/record.js'
import { tellStory } from '../../src/report/story.js'
import { refundedTwice, refundTwice } from '../unit/report/refund-history.js'

export const finding: FindingRecord = {
  id: 'F1',
  scenario: 'support-refund',
  signature: 'an order is refunded once/a/refundOrder/tool/timeout-after-effect',
  violation: refundedTwice,
  says: 'an order is refunded once',
  usual: 'send an Idempotency-Key that is the same for the same order, or look the refund up before you try again',
  known: false,
  decisions: [
    ['shop.refund#t2.c0/a1', 'tool/timeout-after-effect'],
    ['model/t3@reaction', 'again'],
  ],
  needs: ['shop.refund #1, answer lost', 'reaction: the model calls again'],
  faults: ['tool/timeout-after-effect'],
  token: 'v1.NDVlYWQKc3VwcG9ydC1yZWZ1bmQKc2hvcC5yZWZ1bmQjdDIuYzAvYTE9dG9vbC90aW1lb3V0LWFmdGVyLWVmZmVjdA',
  story: tellStory(refundTwice, refundedTwice, { backends: ['shop'] }),
  moment: keepMoment(refundTwice, refundedTwice),
  bakedIn: {
    trials: 16,
    points: [
      { seq: 0, what: '', broken: 1 },
      { seq: 4, what: '', broken: 0 },
      { seq: 6, what: 'shop.refund #1, answer lost', broken: 9 },
      { seq: 10, what: 'reaction: the model calls again', broken: 16 },
    ],
  },
  where: [
    { at: 'src/support-agent.ts:19', line: '      const answer = await fetch(`${api}/orders/${orderId}/refunds`' },
  ],
  console: ['refunding A-7', 'refund failed, trying again', 'refunding A-7', 'done'],
  shrink: { runs: 23, eventsBefore: 61, eventsAfter: 16, decisionsBefore: 7 },
  replays: 3,
  seen: 11,
  origin: 'single',
}

const invariant = (name: string, group: InvariantRecord['group']): InvariantRecord => ({
  name,
  says: name,
  group,
  arose: group === 'tested' ? 9 : 0,
  broken: 0,
})

export const scenario: ScenarioRecord = {
  name: 'checkout',
  file: 'checkout.scenario.ts',
  result: 'pass',
  problems: [],
  calmGoal: true,
  storms: 300,
  survived: 300,
  goals: 287,
  unknown: 0,
  singles: 22,
  pairs: 0,
  kept: 0,
  doubleRuns: 8,
  nondeterminism: undefined,
  invariants: [
    invariant('at-most-once-effect', 'tested'),
    invariant('tool-pairing', 'tested'),
    invariant('approval-once', 'never-arose'),
    invariant('saga-order', 'not-concerned'),
  ],
  faults: {
    'tool/error': { planned: 90, injected: 80, landed: 71, storms: 66, broken: 0 },
    'tool/timeout-after-effect': { planned: 60, injected: 52, landed: 41, storms: 38, broken: 0 },
  },
  strains: [
    { landed: 0, trials: 40, broken: 0 },
    { landed: 1, trials: 160, broken: 0 },
    { landed: 2, trials: 100, broken: 0 },
  ],
  recovery: { landed: 360, recovered: 342, extraCalls: 257 },
  surface: [0, 0.1, 0.2, 0.3].flatMap((lambda) =>
    [0, 0.1, 0.2].map((epsilon) => ({ epsilon, lambda, trials: 16, goals: 16 - Math.round(lambda * 20) })),
  ),
  findings: [],
  virtualMs: 1_000_000,
}

const base: CampaignRecord = {
  schemaVersion: 1,
  campaign: 'c-1',
  seed: '1',
  preset: 'stormy',
  trials: 300,
  result: 'pass',
  exitCode: 0,
  gates: [{ name: 'findings', result: 'pass', detail: '0 findings (allowed: 0)' }],
  scenarios: [scenario],
  environment: {
    stormproof: '0.1.0',
    node: 'v20.20.0',
    platform: 'linux',
    commit: '',
    startedAt: '2026-01-01T00:00:00.000Z',
    wallMs: 9812,
  },
}

const support: ScenarioRecord = {
  ...scenario,
  name: 'support-refund',
  file: 'support.scenario.ts',
  faults: {
    ...scenario.faults,
    'tool/timeout-after-effect': { planned: 60, injected: 52, landed: 41, storms: 38, broken: 11 },
  },
  strains: [
    { landed: 0, trials: 40, broken: 0 },
    { landed: 1, trials: 160, broken: 4 },
    { landed: 2, trials: 100, broken: 7 },
  ],
}

export const failing: CampaignRecord = {
  ...base,
  result: 'fail',
  exitCode: 1,
  gates: [{ name: 'findings', result: 'fail', detail: '1 finding (allowed: 0)' }],
  scenarios: [{ ...support, result: 'fail', survived: 289, goals: 241, findings: [finding] }, scenario],
}

const families = ['clock', 'context', 'model', 'process', 'store', 'tool', 'transport', 'user']
const kinds = families.flatMap((family) => Array.from({ length: 9 }, (_, index) => `${family}/kind-${index + 1}`))

/** As a campaign of some scenarios leaves it: many kinds of fault, of which few break anything, and some that met no storm. */
export const busy: CampaignRecord = {
  ...failing,
  scenarios: ['support-refund', 'checkout', 'travel', 'research', 'sql-analyst'].map((name, at) => ({
    ...(at === 0 ? (failing.scenarios[0] as ScenarioRecord) : scenario),
    name,
    findings:
      at > 1
        ? []
        : [1, 2, 3].map((number) => ({ ...finding, id: `F${at * 3 + number}`, scenario: name, known: number === 3 })),
    faults: Object.fromEntries(
      kinds.map((kind, index) => {
        const storms = index % 24 === 0 ? 0 : index % 7 === at ? 0 : 20 + ((index * 13) % 50)
        const broken = storms > 0 && at < 2 && index % 20 === 5 ? 1 + at * 9 : 0
        return [kind, { planned: storms + 9, injected: storms + 4, landed: storms, storms, broken }]
      }),
    ),
  })),
}

export const passing: CampaignRecord = {
  ...base,
  scenarios: [{ ...scenario, invariants: scenario.invariants.filter((one) => one.group !== 'never-arose') }],
}

export const scenarioError: CampaignRecord = {
  ...base,
  result: 'scenario-error',
  exitCode: 2,
  gates: [],
  scenarios: [
    {
      ...support,
      result: 'scenario-error',
      calmGoal: false,
      storms: 0,
      survived: 0,
      goals: 0,
      singles: 0,
      problems: [
        {
          kind: 'unanswered-host',
          what: 'Your agent asked for a host that no backend answers: GET https://api.shop.example/orders/A-7/items',
          where: 'src/support-agent.ts:14',
          remedy: 'Add the route to the backend with this baseUrl.',
        },
      ],
    },
  ],
}

export const notRepeatable: CampaignRecord = {
  ...base,
  result: 'nondeterministic',
  exitCode: 5,
  gates: [],
  scenarios: [
    {
      ...support,
      result: 'nondeterministic',
      storms: 50,
      survived: 50,
      goals: 44,
      nondeterminism: {
        seed: '1/support-refund/3',
        seq: 12,
        first: '{"type":"prompt-received","turn":2,"hash":"a1"}',
        second: '{"type":"prompt-received","turn":2,"hash":"b2"}',
        where: 'prompt of turn 2',
      },
    },
  ],
}

const esc = '\u001b'
/** Every text a model, a tool or an agent could put into a record, as bad as it can be. */
export const hostileTexts = [
  `${esc}[2J${esc}[31mred`,
  `${esc}]8;;http://evil.example\u0007link${esc}]8;;\u0007`,
  '\u009b31mC1',
  'a\r\nb\u2028c',
  '\u202eesrever',
  `${esc}]0;title\u0007`,
  `${esc}P1$r${esc}\\`,
]

const hostileMoment = (text: string): KeptMoment => ({
  state: { lines: [[text, text]], hidden: 1 },
  steps: { lines: [{ seq: 1, vt: 1, event: text, changes: [[text, text, text]] }], hidden: 1 },
  ledger: { lines: [{ vt: 1, text, takenBack: true, witness: true }], hidden: 1 },
  prompts: {
    lines: [
      {
        ...{ turn: 1, attempt: 2, vt: 1, same: 1, hidden: 1 },
        lines: (['same', 'new', 'gone'] as const).map((change) => ({ change, role: 'user', text })),
      },
    ],
    hidden: 1,
  },
  redacted: 1,
})

/** The failing record with hostile text in every field that others may fill. */
export function hostile(text: string): CampaignRecord {
  const line = { seq: 1, vt: 5, model: text, tools: text, backend: text, flow: 'request', mark: 'plain' } as const
  const evil: FindingRecord = {
    ...finding,
    scenario: text,
    says: text,
    usual: text,
    needs: [text],
    where: [{ at: text, line: text }],
    console: [text],
    story: {
      headline: text,
      backend: text,
      lines: [line, { ...line, flow: 'answer' }, { ...line, backend: '', flow: 'none' }],
      hidden: 0,
    },
    moment: hostileMoment(text),
    bakedIn: {
      trials: 2,
      points: [
        { seq: 0, what: text, broken: 0 },
        { seq: 3, what: text, broken: 2 },
      ],
    },
    violation: { ...finding.violation, invariant: text, because: text },
  }
  const problem = { kind: 'agent-threw', what: text, where: text, remedy: text } as const
  return {
    ...failing,
    seed: text,
    preset: text,
    gates: [{ name: text, result: 'fail', detail: text }],
    since: {
      ...{ before: text, after: text, scenarios: [{ name: text, open: text }] },
      findings: [
        { kind: 'new', scenario: text, signature: text, says: text, token: finding.token, known: false, seen: [0, 1] },
      ],
    },
    scenarios: [
      {
        ...support,
        name: text,
        findings: [evil],
        problems: [problem],
        invariants: [invariant(text, 'never-arose')],
        faults: { [text]: { planned: 1, injected: 0, landed: 0, storms: 0, broken: 0 } },
        nondeterminism: { seed: text, seq: 1, first: text, second: text, where: text },
      },
    ],
  }
}
