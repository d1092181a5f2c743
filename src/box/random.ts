/** Chance inside a simulation: the world's, by lane, so that no lane shifts what another draws. */

import { isAlive, type Scope } from '../kernel/scope.js'
import { type AnyFunction, replace } from './replace.js'
import { box } from './shared-box.js'

const storage = box.storage

/** 32 bits. What the dead draw is drawn beside the living, who must not notice. */
function draw(scope: Scope, kind: 'random' | 'crypto'): number {
  return scope.world.chance(isAlive(scope) ? `${scope.lane}/${kind}` : `${scope.lane}/${kind}/dead`)
}

/** Overwrites all bytes of a view. */
export function fill(scope: Scope, bytes: Uint8Array): void {
  for (let i = 0; i < bytes.length; i += 4) {
    const word = draw(scope, 'crypto')
    for (let j = 0; j < 4 && i + j < bytes.length; j++) bytes[i + j] = word >>> (8 * j)
  }
}

export function installMathRandom(): void {
  replace(Math, 'random', random)
}

function random(original: AnyFunction): AnyFunction {
  return (): number => {
    const scope = storage.getStore()
    if (scope === undefined) return original()
    // 53 bits, as engines give.
    return (draw(scope, 'random') * 2 ** 21 + (draw(scope, 'random') >>> 11)) / 2 ** 53
  }
}
