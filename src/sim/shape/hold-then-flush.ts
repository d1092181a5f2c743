/** Some answers are held back, and then all come in one instant. */

import { type Shape, shape } from './shape.js'

const longestMs = 5_000

export const holdThenFlush: Shape = {
  ...shape,
  name: 'shape/hold-then-flush',
  says: 'Some answers are held back until the last of them is there, and then all come in one instant.',
  parameters: { answers: ['3', '2', '10'] },
  begin: ({ world, pick }) => {
    let left = Number(pick('answers'))
    const held: (() => void)[] = []
    const flush = (): void => {
      left = 0
      for (const handOver of held.splice(0)) handOver()
    }
    return {
      keeps: (handOver) => {
        if (left === 0) return false
        left--
        held.push(handOver)
        if (held.length === 1) world.timer(longestMs, flush)
        if (left === 0) flush()
        return true
      },
    }
  },
}
