/** Rows of text under a head; the first cell of a row names it. */

import { element, type Html } from './element.js'

export const textTable = (head: readonly string[], rows: readonly (readonly string[])[]): Html =>
  element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': head[0] },
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          head.map((name) => element('th', { scope: 'col' }, name)),
        ),
      ),
      element(
        'tbody',
        {},
        rows.map(([first = '', ...rest]) =>
          element(
            'tr',
            {},
            element('th', { scope: 'row' }, first),
            rest.map((text) => element('td', {}, text)),
          ),
        ),
      ),
    ),
  )
