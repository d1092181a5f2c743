/** Values of the world, chosen on the tape: labels are prefixed by the lane and entity that asks. */

import type { Faker } from '@faker-js/faker'
import { faker } from '@faker-js/faker/locale/en'
import type { Draw } from '../core/backend.js'
import { hash32 } from '../core/digest.js'
import { StormproofError } from '../core/error.js'
import type { World } from '../kernel/world.js'

/** How many variants of a made-up value a search may try; the first is the simplest. */
const variants = 4

export function drawFrom(world: World, prefix: string): Draw {
  return {
    int: (label, min, max) => {
      if (!(max >= min))
        throw new StormproofError('scenario', `draw.int('${label}', ${min}, ${max}): the range is empty`)
      return min + world.tape.below(`${prefix}/${label}`, max - min + 1)
    },
    pick: (label, values) => values[world.tape.below(`${prefix}/${label}`, values.length)] ?? values[0],
    chance: (label, probability) => {
      const perMille = Math.round(Math.min(1, Math.max(0, probability)) * 1000)
      const drawn = world.tape.below(`${prefix}/${label}`, 1000)
      // 0 is the simplest draw and must mean "no", unless it is certain.
      return perMille === 1000 || (drawn !== 0 && drawn <= perMille)
    },
    fake: (label, make) => {
      const variant = world.tape.below(`${prefix}/${label}`, variants)
      return fakeValue(`${prefix}/${label}/${variant}`, make)
    },
  }
}

/** One seed per entity label: adding an entity changes no other. */
function fakeValue<T>(label: string, make: (faker: Faker) => T): T {
  faker.seed(hash32(label))
  faker.setDefaultRefDate('2026-01-01T00:00:00.000Z')
  return make(faker)
}
