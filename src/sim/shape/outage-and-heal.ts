/** Several services are away at once, and come back one after the other. */

import { refused } from '../answer.js'
import { type Shape, shape } from './shape.js'

const away = refused(503, 'the service is away', 'later')
const nextHealsAfterMs = 5_000

export const outageAndHeal: Shape = {
  ...shape,
  name: 'shape/outage-and-heal',
  says: 'Two to four services are away at once, and come back one after the other.',
  parameters: { services: ['2', '3', '4'], heals: ['in-order', 'reversed'], 'first-after': ['5000', '1000', '30000'] },
  needs: ({ backends }) => backends.length > 1,
  begin: ({ world, backends, pick }) => {
    const down = backends.slice(0, Number(pick('services')))
    if (pick('heals') === 'reversed') down.reverse()
    const firstMs = Number(pick('first-after'))
    let since: number | undefined
    return {
      service: (_request, backend) => {
        const place = down.indexOf(backend)
        if (place < 0) return undefined
        since ??= world.now
        return world.now < since + firstMs + place * nextHealsAfterMs ? away : undefined
      },
    }
  },
}
