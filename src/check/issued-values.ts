/** What the world handed to each call: the values a tool returned, and where their text turns up. */

import type { EventOf } from '../core/event.js'

interface Issued {
  readonly call: string
  readonly seq: number
  readonly value: unknown
  /** Rendered on first use. */
  text: string | undefined
}

/** Values by call path, in the order they were returned. */
export type IssuedValues = Map<string, Issued[]>

/** Shorter texts (`0`, `true`, `"ok"`) carry no identity: many calls return them. */
const shortestTelling = 8

/** Notes a value; errors, and values whose content was not kept, are not values. */
export function noteIssued(issued: IssuedValues, event: EventOf<'tool-returned'>): void {
  if (event.outcome !== 'ok' || event.value === undefined) return
  const one: Issued = { call: event.call, seq: event.seq, value: event.value, text: undefined }
  const values = issued.get(event.call)
  if (values) values.push(one)
  else issued.set(event.call, [one])
}

/** The value of `call` that a text shows. */
export function shownOf(issued: IssuedValues, call: string, text: string): Issued | undefined {
  return issued.get(call)?.find((one) => text.includes(textOf(one)))
}

/** The values of calls other than those in `except` that a text shows, as far as they tell calls apart: one a call. */
export function shownOfOthers(issued: IssuedValues, except: readonly string[], text: string): readonly Issued[] {
  const shown: Issued[] = []
  for (const [call, values] of issued) {
    if (except.includes(call)) continue
    const found = values.find((one) => textOf(one).length >= shortestTelling && text.includes(textOf(one)))
    if (found) shown.push(found)
  }
  return shown
}

/** As a prompt shows a value: a string as it is, anything else as JSON. */
export const rendered = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

function textOf(one: Issued): string {
  one.text ??= rendered(one.value)
  return one.text
}

/** True for a text long enough to tell one call's value from another's. */
export const tells = (text: string): boolean => text.length >= shortestTelling
