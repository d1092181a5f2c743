/** What an agent concludes from its session, in a world: somebody else may have seen to it that it concludes an order. */

import type { MemoryOptions, MemoryPolicy } from '../../core/memory.js'
import { episodicPoison } from '../fault/context.js'
import { injectedText } from '../injected-text.js'
import { offeredIn } from '../offered-tools.js'
import type { Setting } from '../setting.js'
import { strikePart } from '../struck-part.js'

type Reflect = NonNullable<MemoryOptions['reflect']>

const faults = [episodicPoison]
/** Less than what is kept for other sessions: it stays in this one. */
const importance = 0.6

export const reflectionIn =
  (who: () => Setting, reflect: NonNullable<MemoryPolicy['reflect']>): Reflect =>
  async (items, signal) => {
    const setting = who()
    const blow = strikePart(setting, faults, 'memory.reflect')
    const concluded = await reflect(items, signal)
    const sources = items.slice(-1).map(({ id }) => id)
    if (!blow || sources.length === 0) return concluded
    blow.note.landed()
    return [...concluded, { text: injectedText(offeredIn(setting.world), blow.pick), sources, importance }]
  }
