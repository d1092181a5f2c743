/** The share of runs that keep every promise, over the number of faults that landed in them; and the same as a table. */

import type { ScenarioRecord } from '../../src/report/record.js'
import { type Strain, type SurvivalStep, survival } from '../../src/report/survival.js'
import { element, fragment, type Html } from './element.js'
import { percent } from './percent.js'
import { textTable } from './table.js'

const wide = 560
const high = 200
const left = 56
const bottom = 30

export function survivalChart(scenarios: readonly ScenarioRecord[]): Html | undefined {
  const strains = pooled(scenarios)
  const steps = survival(strains)
  if (steps.length < 2) return undefined
  if (strains.every(({ broken }) => broken === 0)) return nothingBroke(steps, strains)
  const most = Math.max(1, ...steps.map(({ landed }) => landed))
  const x = (landed: number): number => left + (landed / most) * (wide - left - 8)
  const floor = floorOf(steps)
  const y = (share: number): number => 10 + ((1 - Math.max(share, floor)) / (1 - floor)) * (high - bottom - 10)
  const line = { stroke: 'currentColor', 'stroke-opacity': 0.25 }
  return fragment(
    element('h2', {}, 'Survival over faults'),
    element(
      'p',
      { class: 'quiet small' },
      `The share of runs that still keep every promise after so many faults (Kaplan and Meier; the band is 95 % after Greenwood). Runs that ended well are censored at their number of faults.${floor > 0 ? ` The scale begins at ${floor * 100} %.` : ''}`,
    ),
    element(
      'svg',
      {
        class: 'chart',
        viewBox: `0 0 ${wide} ${high}`,
        role: 'img',
        'aria-label': `after ${most} faults ${percent((steps.at(-1) as SurvivalStep).share)} survive`,
      },
      [floor, (floor + 1) / 2, 1].map((share) =>
        fragment(
          element('line', { x1: left, x2: wide - 8, y1: y(share), y2: y(share), ...line }),
          element(
            'text',
            { x: left - 6, y: y(share) + 4, 'text-anchor': 'end' },
            `${Number((share * 100).toFixed(2))} %`,
          ),
        ),
      ),
      element('path', { d: band(steps, x, y), fill: 'var(--good-soft)' }),
      element('path', {
        d: stairs(steps, ({ share }) => share, x, y),
        fill: 'none',
        stroke: 'var(--good)',
        'stroke-width': 2,
      }),
      [0, most].map((landed) =>
        element(
          'text',
          { x: x(landed), y: high - 8, 'text-anchor': landed === 0 ? 'start' : 'end' },
          landed === 0 ? '0 faults' : `${most} faults`,
        ),
      ),
    ),
    stepTable(steps, strains),
  )
}

/** A level line with no band would look as if it were certain. */
const nothingBroke = (steps: readonly SurvivalStep[], strains: readonly Strain[]): Html =>
  fragment(
    element('h2', {}, 'Survival over faults'),
    element('p', {}, 'No run broke a promise, however many faults landed in it: there is no curve to draw.'),
    stepTable(steps, strains),
  )

/** A curve near the top of a full scale shows nothing: the scale begins at the highest of these below the band. */
const floors = [0.99, 0.95, 0.9, 0.8, 0.5]

function floorOf(steps: readonly SurvivalStep[]): number {
  const least = Math.min(...steps.map(({ lower }) => lower))
  return floors.find((floor) => floor < least) ?? 0
}

function stepTable(steps: readonly SurvivalStep[], strains: readonly Strain[]): Html {
  const rows = steps.map(({ landed, share, lower, upper }, index) => {
    const { trials, broken } = strains[index] as Strain
    return [landed, trials, broken, percent(share), `${percent(lower)} to ${percent(upper)}`].map(String)
  })
  const head = ['faults landed', 'runs', 'broken', 'survive', '95 %']
  return element('details', {}, element('summary', {}, 'as a table'), textTable(head, rows))
}

function pooled(scenarios: readonly ScenarioRecord[]): readonly Strain[] {
  const all = new Map<number, { landed: number; trials: number; broken: number }>()
  for (const { landed, trials, broken } of scenarios.flatMap(({ strains }) => strains)) {
    const sum = all.get(landed) ?? { landed, trials: 0, broken: 0 }
    all.set(landed, sum)
    sum.trials += trials
    sum.broken += broken
  }
  return [...all.values()].sort((one, other) => one.landed - other.landed)
}

type Scale = (value: number) => number

/** Down at each number of faults, level until the next. */
function stairs(steps: readonly SurvivalStep[], of: (step: SurvivalStep) => number, x: Scale, y: Scale): string {
  const points = steps.map((step) => `H${x(step.landed).toFixed(1)} V${y(of(step)).toFixed(1)}`)
  return `M${x(0).toFixed(1)} ${y(1).toFixed(1)} ${points.join(' ')}`
}

function band(steps: readonly SurvivalStep[], x: Scale, y: Scale): string {
  const corners = (of: (step: SurvivalStep) => number): string[] => {
    let before = 1
    return steps.flatMap((step) => {
      const pair = [
        `${x(step.landed).toFixed(1)} ${y(before).toFixed(1)}`,
        `${x(step.landed).toFixed(1)} ${y(of(step)).toFixed(1)}`,
      ]
      before = of(step)
      return pair
    })
  }
  const upper = corners(({ upper: value }) => value)
  const lower = corners(({ lower: value }) => value).reverse()
  return `M${x(0).toFixed(1)} ${y(1).toFixed(1)} L${[...upper, ...lower].join(' L')} Z`
}
