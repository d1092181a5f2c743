/** What changed since the baseline. */

import type { Comparison } from '../../src/report/compare.js'
import { changeLines, sinceSummary } from '../../src/report/compare-words.js'
import { element, fragment, type Html } from './element.js'

export const sinceSection = (since: Comparison): Html =>
  fragment(
    element('h2', {}, `Since ${since.before}`),
    element('p', {}, sinceSummary(since)),
    element(
      'ul',
      {},
      changeLines(since).map(({ mark, text, replay }) =>
        element('li', {}, `${mark} ${text}`, replay !== undefined && element('pre', {}, replay)),
      ),
    ),
  )
