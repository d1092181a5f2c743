/** From when on a failure could not be escaped: the share of continuations that failed, over the history; and the same as a table. */

import { type BakedIn, bakedInAt } from '../../src/report/baked-in.js'
import { element, fragment, type Html } from './element.js'
import { textTable } from './table.js'

const wide = 560
const high = 120
const left = 44
const bottom = 24

export function bakedInDetails(curve: BakedIn): Html {
  const step = bakedInAt(curve)
  const share = (value: number): string => value.toFixed(2)
  const words = step
    ? `Baked in at ${step.at.what === '' ? `event ${step.at.seq}` : step.at.what} (P ${share(step.before)} → ${share(step.after)})`
    : 'No step of its history makes it likelier'
  return element(
    'details',
    {},
    element('summary', {}, words),
    element(
      'p',
      { class: 'quiet small' },
      `From each of these points of the history the world went on ${curve.trials} times by other chances; the share that broke the same promise.`,
    ),
    chart(curve, words),
    textTable(
      ['after event', 'the last decision kept', 'failed'],
      curve.points.map(({ seq, what, broken }) => [
        seq === 0 ? 'none' : String(seq),
        what,
        `${broken} of ${curve.trials}`,
      ]),
    ),
  )
}

function chart({ trials, points }: BakedIn, words: string): Html {
  const last = Math.max(1, ...points.map(({ seq }) => seq))
  const x = (seq: number): number => left + (seq / last) * (wide - left - 12)
  const y = (broken: number): number => 8 + (1 - broken / trials) * (high - bottom - 8)
  const path = points.map(
    ({ seq, broken }, at) => `${at === 0 ? 'M' : 'L'}${x(seq).toFixed(1)} ${y(broken).toFixed(1)}`,
  )
  return element(
    'svg',
    { class: 'chart', viewBox: `0 0 ${wide} ${high}`, role: 'img', 'aria-label': words },
    [0, 0.5, 1].map((share) =>
      fragment(
        element('line', {
          ...{ x1: left, x2: wide - 8, y1: y(share * trials), y2: y(share * trials) },
          ...{ stroke: 'currentColor', 'stroke-opacity': 0.25 },
        }),
        element('text', { x: left - 6, y: y(share * trials) + 4, 'text-anchor': 'end' }, `${share * 100} %`),
      ),
    ),
    element('path', { d: path.join(' '), fill: 'none', stroke: 'var(--bad)', 'stroke-width': 2 }),
    points.map(({ seq, broken }) => element('circle', { cx: x(seq), cy: y(broken), r: 3.5, fill: 'var(--bad)' })),
    element('text', { x: left, y: high - 6 }, 'beginning'),
    element('text', { x: wide - 8, y: high - 6, 'text-anchor': 'end' }, `event ${last}`),
  )
}
