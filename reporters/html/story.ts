/** A story as a space-time diagram that is a real table: time runs down, each lane is a column, arrows go from lane to lane. */

import type { Story, StoryLine } from '../../src/report/story.js'
import { element, type Html } from './element.js'
import { seconds } from './seconds.js'

export function storyTable({ lines, backend, hidden, headline }: Story): Html | undefined {
  if (lines.length === 0) return undefined
  const more = hidden > 0 ? ` ${hidden} more moments are in the history of the finding.` : ''
  const column = (name: string, kind: string): Html => element('th', { scope: 'col', class: kind }, name)
  return element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': headline },
    element(
      'table',
      { class: 'story' },
      element('caption', {}, `What happened, in simulated time.${more}`),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          column('time', 'time'),
          column('model', ''),
          column('tools', ''),
          element('td', { class: 'link' }),
          column(`${backend} (what truly happened)`, ''),
        ),
      ),
      element(
        'tbody',
        {},
        lines.map((line) => row(line, backend)),
      ),
    ),
  )
}

function row(line: StoryLine, backend: string): Html {
  return element(
    'tr',
    { class: line.mark },
    element('td', { class: 'time' }, seconds(line.vt)),
    lane(line.model, 'model'),
    lane(line.tools, 'tools'),
    element('td', { class: 'link' }, arrow(line)),
    lane(marked(line), backend),
  )
}

/** `name` is shown where there is no room for columns. */
const lane = (text: string, name: string): Html =>
  text.trim() === '' ? element('td', { class: 'lane' }) : element('td', { class: 'lane dot', 'data-lane': name }, text)

/** Words beside the colour. */
function marked({ backend, mark }: StoryLine): string {
  if (backend === '') return backend
  if (mark === 'broken' && !/[✗✘]/.test(backend)) return `${backend} ✗`
  return mark === 'fault' && !backend.startsWith('⚡') ? `⚡ ${backend}` : backend
}

/** A lost answer ends halfway. */
function arrow({ flow, mark }: StoryLine): Html | undefined {
  if (flow === 'none') return undefined
  const [from, to, words] =
    flow === 'request'
      ? [4, 52, 'asks']
      : mark === 'fault'
        ? [54, 24, 'the answer does not arrive']
        : [54, 6, 'answers']
  const back = to > from ? -8 : 8
  const stroke = { stroke: 'currentColor', 'stroke-width': 2 }
  const head =
    flow === 'answer' && mark === 'fault'
      ? `M${to - 5} 7 l10 10 M${to - 5} 17 l10 -10`
      : `M${to} 12 l${back} -5 M${to} 12 l${back} 5`
  return element(
    'svg',
    { viewBox: '0 0 58 24', role: 'img', 'aria-label': words },
    element('line', { x1: from, y1: 12, x2: to, y2: 12, ...stroke }),
    element('path', { d: head, fill: 'none', ...stroke }),
  )
}
