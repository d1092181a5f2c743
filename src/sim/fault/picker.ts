/** How a fault chooses its details: each is a choice of its own, at `<site>@<parameter>`. */

import type { World } from '../../kernel/world.js'
import type { FaultDefinition } from './fault.js'

export const picker =
  (world: World, site: string, { parameters }: FaultDefinition) =>
  (parameter: string): string => {
    const values = parameters[parameter] as readonly string[]
    return values[world.tape.pick(`${site}@${parameter}`, 'parameter', values)] as string
  }
