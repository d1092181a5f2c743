/** Ids the scripted model gives to its calls: they say where a call stands in the run and in the script, so that a prompt tells how far the script has come. */

import { remembered } from '../core/remembered.js'

export interface CallId {
  /** Turn and index in its batch: the call's path. */
  readonly turn: number
  readonly index: number
  /** Entry of the script and planned call within it. */
  readonly entry: number
  readonly planned: number
  /** The call was broken on purpose and is still owed. */
  readonly broken: boolean
}

export const callId = (id: CallId): string =>
  `call_t${id.turn}c${id.index}${id.broken ? 'x' : 'e'}${id.entry}p${id.planned}`

const pattern = /call_t(\d+)c(\d+)([ex])(\d+)p(\d+)/

/**
 * Undefined for ids of others. Finds its own id inside a longer one, as some SDKs prefix them. Each prompt shows all earlier
 * ids again.
 */
export const parseCallId = remembered(parse, 4_096)

function parse(id: string): CallId | undefined {
  const match = pattern.exec(id)
  if (!match) return undefined
  return {
    turn: Number(match[1]),
    index: Number(match[2]),
    broken: match[3] === 'x',
    entry: Number(match[4]),
    planned: Number(match[5]),
  }
}

/** The call's path in its run, `t3.c0`, from an id the scripted model gave. */
export function pathOfId(id: string): string | undefined {
  const parsed = parseCallId(id)
  return parsed && `t${parsed.turn}.c${parsed.index}`
}
