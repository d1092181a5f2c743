import { describe, expect, it } from 'vitest'
import { combine } from '../../../src/explore/combine.js'
import { worstExitCode, worstResult } from '../../../src/explore/exit-code.js'
import { evaluateGates } from '../../../src/explore/gates.js'
import type { FindingRecord, ScenarioRecord } from '../../../src/report/record.js'

const scenario = (some: Partial<ScenarioRecord> = {}): ScenarioRecord => ({
  name: 'shop',
  file: '',
  result: 'pass',
  problems: [],
  calmGoal: true,
  storms: 300,
  survived: 300,
  goals: 300,
  unknown: 0,
  singles: 0,
  pairs: 0,
  kept: 0,
  doubleRuns: 0,
  nondeterminism: undefined,
  invariants: [],
  faults: {},
  strains: [],
  findings: [],
  virtualMs: 0,
  ...some,
})
const finding = (known: boolean): FindingRecord => ({
  id: 'F1',
  scenario: 'shop',
  signature: 's',
  violation: { invariant: 'i', clause: 'a', because: '', witness: [], seq: 0 },
  says: '',
  usual: '',
  known,
  decisions: [],
  needs: [],
  faults: [],
  token: '',
  story: { headline: '', backend: '', lines: [], hidden: 0 },
  where: [],
  console: [],
  shrink: { runs: 0, eventsBefore: 0, eventsAfter: 0, decisionsBefore: 0 },
  replays: 3,
  seen: 1,
  origin: 'fresh',
})
const environment = { stormproof: '', node: '', platform: '', commit: '', startedAt: '', wallMs: 0 }
const options = { campaign: 'c', seed: '1', preset: 'stormy', trials: 300, environment }
const survivedGate = (survived: number, storms: number, atLeast: number) =>
  evaluateGates([scenario({ survived, storms })], { survived: { atLeast } })[1]

describe('the survived gate', () => {
  it('passes when the exact lower bound reaches the target', () => {
    expect(survivedGate(300, 300, 0.99)?.result).toBe('pass')
    expect(survivedGate(299, 299, 0.99)?.result).toBe('pass')
    // 392 of 400 have an exact one-sided lower bound of 96.42 %.
    expect(survivedGate(392, 400, 0.964)?.result).toBe('pass')
    expect(survivedGate(392, 400, 0.965)?.result).toBe('inconclusive')
  })

  it('fails when the exact upper bound is below the target', () => {
    expect(survivedGate(250, 300, 0.99)?.result).toBe('fail')
  })

  it('says how many more storms would decide it', () => {
    const gate = survivedGate(50, 50, 0.95)
    expect(gate).toMatchObject({ result: 'inconclusive' })
    // 59 clean trials are needed for 95 %.
    expect(gate?.detail).toContain('about 9 more')
  })

  it('is inconclusive without any storm, and when the share is exactly the target', () => {
    expect(survivedGate(0, 0, 0.95)?.detail).toContain('about 59 more')
    expect(survivedGate(95, 100, 0.95)?.detail).toContain('no number of storms')
  })

  it('refuses a target that is no share', () => {
    expect(() => survivedGate(1, 1, 99)).toThrow('survived.atLeast is 99')
  })
})

describe('a campaign', () => {
  it('passes when all gates pass, and known breaks are not counted', () => {
    expect(combine([scenario({ findings: [finding(true)] })], options)).toMatchObject({ result: 'pass', exitCode: 0 })
  })

  it('fails with exit code 1 by a finding that is not known', () => {
    const record = combine([scenario({ findings: [finding(false)], result: 'fail' })], options)
    expect(record).toMatchObject({ result: 'fail', exitCode: 1, gates: [{ name: 'findings', result: 'fail' }] })
  })

  it('passes with findings that the gate allows', () => {
    const records = [scenario({ findings: [finding(false)], result: 'fail' })]
    expect(combine(records, { ...options, gates: { findings: 1 } })).toMatchObject({ result: 'pass', exitCode: 0 })
  })

  it('fails by a declared break that was not found', () => {
    const problems = [{ kind: 'missing-break', what: 'x', where: '', remedy: '' }] as const
    expect(combine([scenario({ problems, result: 'fail' })], options)).toMatchObject({ result: 'fail', exitCode: 1 })
  })

  it('numbers findings over all scenarios', () => {
    const one = scenario({ findings: [finding(false), finding(false)] })
    const ids = combine([one, one], options).scenarios.flatMap(({ findings }) => findings.map(({ id }) => id))
    expect(ids).toEqual(['F1', 'F2', 'F3', 'F4'])
  })

  it('ends with code 4 when nothing was selected', () => {
    expect(combine([], options).exitCode).toBe(4)
  })

  it.each([
    ['interrupted', 130],
    ['scenario-error', 2],
    ['nondeterministic', 5],
    ['inconclusive', 3],
  ] as const)('carries a scenario that ended %s through', (result, exitCode) => {
    expect(combine([scenario(), scenario({ result })], options)).toMatchObject({ result, exitCode })
  })
})

it('the worst exit code wins: 130, 70, 2, 5, 1, 6, 3, 4', () => {
  const worstFirst = [130, 70, 2, 5, 1, 6, 3, 4, 0]
  for (const [index, code] of worstFirst.entries())
    expect(worstExitCode([...worstFirst.slice(index)].reverse())).toBe(code)
  expect(worstResult(['pass', 'fail', 'scenario-error'])).toBe('scenario-error')
})
