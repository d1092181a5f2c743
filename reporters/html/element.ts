/** HTML as values: text is always escaped, so that what others wrote stays text. */

import { forHtml } from '../../src/core/sanitize.js'

/** Finished HTML. Only `element`, `fragment` and `raw` make it. */
export interface Html {
  readonly html: string
}

export type Child = Html | string | number | undefined | false
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>

const empty = new Set(['meta', 'br', 'input'])

/** `element('p', { class: 'x' }, 'text')`; an attribute that is undefined or false is left out, one that is true has no value. */
export function element(
  name: string,
  attributes: Attributes = {},
  ...children: readonly (Child | readonly Child[])[]
): Html {
  const list = Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([key, value]) => (value === true ? ` ${key}` : ` ${key}="${forHtml(String(value))}"`))
    .join('')
  if (empty.has(name)) return { html: `<${name}${list}>` }
  return { html: `<${name}${list}>${fragment(...children).html}</${name}>` }
}

export const fragment = (...children: readonly (Child | readonly Child[])[]): Html => ({
  html: children
    .flat()
    .map((child) =>
      child === undefined || child === false
        ? ''
        : typeof child === 'object'
          ? (child as Html).html
          : forHtml(String(child)),
    )
    .join(''),
})

/** For the page's own style and script, never for data. */
export const raw = (html: string): Html => ({ html })
