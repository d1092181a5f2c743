/** R(k, ε, λ) as a table: the more faults and the more of the task reworded, the further down. */

import type { CampaignRecord } from '../../src/report/record.js'
import { pointsOf, reliability } from '../../src/report/surface.js'
import { element, fragment, type Html } from './element.js'
import { textTable } from './table.js'

const powers = [1, 2, 4, 8]

export function surfaceTable({ scenarios }: CampaignRecord): Html | undefined {
  const tasks = scenarios.flatMap(({ surface }) => (surface ? [surface] : []))
  if (tasks.length === 0) return undefined
  return fragment(
    element('h3', {}, 'R(k, ε, λ)'),
    element(
      'p',
      { class: 'quiet small' },
      'The mean over the scenarios of pass^k. λ: faults per tool call, of the presets rb-0.1 to rb-0.3 (ReliabilityBench); 0 is a day without faults. ε: how much of the prompt is reworded, a tenth for each of synonym, date format, order of sentences and distractor; a scripted model understands all of them alike, so ε tries the code around it.',
    ),
    textTable(
      ['faults λ', 'reworded ε', ...powers.map((k) => `k = ${k}`), 'trials'],
      pointsOf(tasks).map(({ lambda, epsilon }) => [
        String(lambda),
        String(epsilon),
        ...powers.map((k) => reliability(tasks, { k, epsilon, lambda })?.toFixed(3) ?? '–'),
        String(trialsAt(tasks, { lambda, epsilon })),
      ]),
    ),
  )
}

const trialsAt = (
  tasks: readonly NonNullable<CampaignRecord['scenarios'][number]['surface']>[],
  at: { readonly epsilon: number; readonly lambda: number },
): number =>
  tasks
    .flat()
    .filter(({ epsilon, lambda }) => epsilon === at.epsilon && lambda === at.lambda)
    .reduce((sum, { trials }) => sum + trials, 0)
