/** What stands between a campaign and its verdict: hangs, agents without an end, repros that are stale, state that outlives a trial. */

import { expect, it } from 'vitest'
import { StormproofError } from '../../../src/core/error.js'
import { decodeToken } from '../../../src/core/token.js'
import { type CampaignPlan, runCampaign } from '../../../src/explore/campaign.js'
import { isHang } from '../../../src/explore/finding-book.js'
import type { Hands, TrialReport } from '../../../src/explore/hands.js'
import { inProcess } from '../../../src/explore/in-process.js'
import type { RunTrial } from '../../../src/explore/trial-port.js'
import { shopper, shopperLore, type Toy, toyTrials } from './toy.js'

const site = 'shop.op#t1.c0/a1'
const handsOf = (agent: (toy: Toy) => void, wrap: (run: RunTrial) => RunTrial = (run) => run): Hands =>
  inProcess([{ name: 'shop' }], wrap(toyTrials({ shop: agent })), shopperLore)

const campaign = (hands: Hands, plan: Partial<CampaignPlan> = {}) =>
  runCampaign({
    scenario: { name: 'shop', file: 'shop.scenario.ts', breaks: [] },
    hands: [hands],
    seed: '1',
    preset: 'stormy',
    trials: 40,
    now: () => 0,
    batch: 4,
    ...plan,
  })

/** As hands over processes report a trial whose process had to be ended. */
const hung = (report: TrialReport): TrialReport => ({
  ...report,
  unknown: true,
  problems: [{ kind: 'hang', what: 'nothing moved', where: 'shop.scenario.ts', remedy: 'look for a loop' }],
  record: { ...report.record, violations: [], ending: 'hang', fingerprint: '' },
})

const failsAt = (toy: Toy): void => {
  const outcome = toy.pick(site, 'outcome', 'ok', 'tool/error')
  toy.note(outcome === 'ok' ? 'fine' : 'failed')
}

/** Every trial that met the fault hangs. */
function hanging(hands: Hands): Hands {
  return {
    ...hands,
    trials: async (name, jobs) =>
      (await hands.trials(name, jobs)).map((report) =>
        (report.record.faults['tool/error']?.planned ?? 0) > 0 ? hung(report) : report,
      ),
  }
}

it('a hang is one finding of run-liveness that nothing is asked of again, and the campaign goes on for a while', async () => {
  const record = await campaign(hanging(handsOf(failsAt)))
  expect(record).toMatchObject({ result: 'fail', problems: [] })
  const [finding, ...more] = record.findings
  expect(more).toEqual([])
  expect(finding).toMatchObject({
    violation: { invariant: 'run-liveness', because: 'nothing moved' },
    decisions: [[site, 'tool/error']],
    replays: 0,
    origin: 'single',
    usual: 'look for a loop',
  })
  expect(isHang(finding!)).toBe(true)
  // Three are enough to know; no storm of a later batch is begun.
  expect(record.storms).toBeGreaterThan(0)
  expect(record.storms).toBeLessThan(40)
})

it('a hang in a storm has the token of that storm', async () => {
  const agent = (toy: Toy): void => {
    const both = [1, 2].map((n) => toy.pick(`shop.op#t1.c${n}/a1`, 'outcome', 'ok', 'tool/error'))
    toy.note(both.join())
    if (both.every((outcome) => outcome !== 'ok')) toy.planned['both'] = 1
  }
  const inner = handsOf(agent)
  const hands: Hands = {
    ...inner,
    trials: async (name, jobs) =>
      (await inner.trials(name, jobs)).map((report) => (report.record.faults['both'] ? hung(report) : report)),
  }
  const { findings } = await campaign(hands, { trials: 400 })
  expect(findings).toMatchObject([{ origin: 'fresh', decisions: [] }])
  const [finding] = findings
  const seed = decodeToken(finding?.token ?? '')
  expect(seed).toMatchObject({ scenario: 'shop', seed: '1' })
  expect(finding?.needs).toEqual([expect.stringMatching(/^1, storm \d+$/)])
})

it('a hang on the calm day is a finding, and no storm follows', async () => {
  const inner = handsOf(failsAt)
  const hands: Hands = {
    ...inner,
    calm: async (name) => ({ ...(await inner.calm(name)), ...hung(await inner.calm(name)) }),
  }
  const record = await campaign(hands)
  expect(record).toMatchObject({ result: 'fail', storms: 0, findings: [{ origin: 'calm', decisions: [] }] })
})

it('a shrink that ends its process leaves the finding as the storm had it', async () => {
  const inner = handsOf(shopper())
  const shrink = async (): Promise<never> => {
    throw new StormproofError('scenario', 'while a finding was examined, nothing moved')
  }
  const record = await campaign({ ...inner, shrink })
  expect(record.result).toBe('fail')
  expect(record.findings[0]).toMatchObject({
    replays: 3,
    shrink: { runs: 1 },
    violation: { invariant: 'at-most-once-effect' },
  })
})

it('a trial that a budget ended leaves the verdict open, even when all others passed', async () => {
  const stopped =
    (run: RunTrial): RunTrial =>
    async (scenario, options) => {
      const result = await run(scenario, options)
      return result.faults['tool/error'] ? { ...result, ending: 'steps' } : result
    }
  const record = await campaign(handsOf(failsAt, stopped))
  expect(record).toMatchObject({ result: 'inconclusive', problems: [{ kind: 'endless' }] })
  expect(record.survived).toBeGreaterThan(0)
  expect(record.problems[0]?.what).toMatch(/^in \d+ of \d+ trials/)
})

it('without an end there is no calm day', async () => {
  const stopped =
    (run: RunTrial): RunTrial =>
    async (scenario, options) => ({ ...(await run(scenario, options)), ending: 'steps' })
  const record = await campaign(handsOf(failsAt, stopped))
  expect(record).toMatchObject({ result: 'scenario-error', storms: 0, problems: [{ kind: 'no-calm-day' }] })
  expect(record.problems[0]?.what).toContain('10,000 steps')
})

it('a kept repro that is not met leaves the verdict open; one that is met and passes does not', async () => {
  const stale = await campaign(handsOf(failsAt), {
    repros: [
      [
        [site, 'tool/error'],
        ['shop.gone#t1.c0/a1', 'tool/error'],
      ],
    ],
  })
  expect(stale).toMatchObject({ result: 'inconclusive', kept: 1, problems: [{ kind: 'stale-repro' }] })
  expect(stale.problems[0]?.what).toContain('1 of 2 decisions met')
  const mended = await campaign(handsOf(failsAt), { repros: [[[site, 'tool/error']]] })
  expect(mended).toMatchObject({ result: 'pass', kept: 1, problems: [] })
})

it('state that outlives a trial is shown by a fresh copy, before anything is said of the script', async () => {
  let kept = 0
  // Whoever can make fresh copies resets what the modules of the agent keep.
  const copying =
    (run: RunTrial): RunTrial =>
    async (scenario, options) => {
      if (options.fresh) kept = 0
      return run(scenario, options)
    }
  const agent = (toy: Toy): void => {
    if (kept++ === 0) toy.note('asked')
    toy.note('done')
    if (kept > 1)
      toy.problems.push({ kind: 'leftover-script', what: '1 turn was never asked for', where: '', remedy: '' })
  }
  kept = 1
  const record = await campaign(handsOf(agent, copying))
  expect(record).toMatchObject({ result: 'nondeterministic', problems: [], storms: 0, nondeterminism: { seq: 0 } })
})

it('a value alone that differs is a history that differs, though types, times and choices agree', async () => {
  let runs = 0
  const counting =
    (run: RunTrial): RunTrial =>
    async (scenario, options) => {
      const result = await run(scenario, options)
      const events = result.events.map((event) => ({ ...event, cents: runs++ }))
      return { ...result, events } as typeof result
    }
  const record = await campaign(handsOf((toy) => void toy.note('charged'), counting))
  expect(record).toMatchObject({ result: 'nondeterministic', storms: 0, nondeterminism: { seq: 0 } })
  const { first, second } = record.nondeterminism ?? {}
  expect(first).toContain('"cents":')
  expect(first).not.toBe(second)
})
