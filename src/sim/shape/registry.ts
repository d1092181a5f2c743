/** Every shape of bad weather, one line each. */

import { brownOut } from './brown-out.js'
import { burst } from './burst.js'
import { crashLoop } from './crash-loop.js'
import { holdThenFlush } from './hold-then-flush.js'
import { outageAndHeal } from './outage-and-heal.js'
import type { Shape } from './shape.js'
import { stampede } from './stampede.js'

export const shapes: readonly Shape[] = [burst, brownOut, outageAndHeal, holdThenFlush, crashLoop, stampede]
