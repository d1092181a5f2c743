/** Swarm: each storm switches a random subset of the kinds off, so that rare mixtures of the others come up. */

import { hash32, mix32 } from '../core/digest.js'
import type { Source } from '../kernel/source.js'
import { outcomeFaults } from '../scenario/fault-names.js'
import type { PresetTable } from './preset-table.js'
import { type Off, randomSource } from './random-source.js'

const share = hash32('swarm-share')
const spared = hash32('swarm-spared')

/** Which kinds this storm is without: each with one probability, itself drawn from U(0, 1); one kind always stays. */
export function swarmOff(key: number): Off {
  const threshold = mix32(key ^ share)
  const kept = outcomeFaults[mix32(key ^ spared) % outcomeFaults.length]
  const known = new Map<string, boolean>()
  return (kind) => {
    const before = known.get(kind)
    if (before !== undefined) return before
    const off = kind !== kept && mix32(key ^ hash32(kind)) < threshold
    known.set(kind, off)
    return off
  }
}

export const swarmSource = (key: number, preset: PresetTable): Source => randomSource(key, preset, swarmOff(key))
