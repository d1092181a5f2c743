/** What the keyboard does: a field that searches the findings, and the list of keys. Both are for a page with its script; without one they stay away. */

import { element, fragment, type Html } from './element.js'

export const searchField = (): Html =>
  element(
    'p',
    { class: 'search', hidden: true },
    element('label', { for: 'search' }, 'Search the findings '),
    element('input', { id: 'search', type: 'search', autocomplete: 'off', 'aria-describedby': 'found' }),
    element('span', { id: 'found', class: 'quiet small', role: 'status' }),
    element('span', { class: 'quiet small' }, ' ? lists the keys'),
  )

const keys = [
  ['/', 'search the findings; Escape ends it'],
  ['j', 'next finding'],
  ['k', 'finding before'],
  ['?', 'this list'],
] as const

export const keyHelp = (): Html =>
  element(
    'dialog',
    { id: 'keys', 'aria-labelledby': 'keys-title' },
    element('h2', { id: 'keys-title' }, 'Keys'),
    element(
      'dl',
      {},
      keys.map(([key, what]) => fragment(element('dt', {}, element('kbd', {}, key)), element('dd', {}, what))),
    ),
    element('form', { method: 'dialog' }, element('button', {}, 'close')),
  )
