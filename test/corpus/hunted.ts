/** What `npm run corpus` prints: each reported bug hunted by a campaign that does not know its schedule. */

import { reportedBugs } from '../../src/check/reported/registry.js'
import { hunt, mostTrials } from '../mutant/hunt.js'
import { quantile, sorted } from '../mutant/matrix.js'
import { brokenOf, type Case } from './case.js'

const seed = 'corpus'

export interface Hunted {
  readonly id: string
  readonly mutant: string
  readonly invariant: string
  /** Undefined: nothing was found. */
  readonly trials: number | undefined
  /** After shrinking. */
  readonly decisions: number
}

/** Cases that differ only in their schedule are hunted once. */
const known = new Map<string, Promise<Pick<Hunted, 'trials' | 'decisions'>>>()

async function caught(one: Case, invariant: string): Promise<Pick<Hunted, 'trials' | 'decisions'>> {
  const { finding, trials } = await hunt(brokenOf(one), invariant, seed)
  return { trials: finding && trials, decisions: finding?.decisions.length ?? 0 }
}

/** The bug by the first promise that it breaks. */
export async function hunted(one: Case): Promise<Hunted> {
  const invariant = reportedBugs.find(({ id }) => id === one.id)!.breaks[0]!
  const key = [one.mutant, brokenOf(one).name, invariant].join(' ')
  const prey = known.get(key) ?? caught(one, invariant)
  known.set(key, prey)
  return { id: one.id, mutant: one.mutant, invariant, ...(await prey) }
}

export const huntedLine = ({ id, mutant, invariant, trials, decisions }: Hunted): string =>
  [id, mutant.padEnd(31), invariant.padEnd(24), trials === undefined ? 'LIVES' : `${trials}`.padEnd(5), decisions].join(
    '  ',
  )

/** What is asked of the whole corpus, and whether it holds. */
export function corpusSum(all: readonly Hunted[]): readonly (readonly [holds: boolean, text: string])[] {
  const found = all.filter(({ trials }) => trials !== undefined)
  // One that was not found took more than all trials.
  const trials = sorted(all.map((one) => one.trials ?? mostTrials + 1))
  const small = found.filter(({ decisions }) => decisions <= 3)
  const [median, most] = [quantile(trials, 0.5), quantile(trials, 0.9)]
  return [
    [found.length >= all.length * 0.95, `${found.length} of ${all.length} caught`],
    [median < 50, `trials: median ${median}`],
    [most < 1_000, `trials: 90th percentile ${most}`],
    [small.length >= found.length * 0.9, `shrunk to at most three decisions: ${small.length} of ${found.length}`],
  ]
}
