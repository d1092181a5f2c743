/** A share of all answers takes much longer, for as long as the storm lasts. */

import { type Shape, shape } from './shape.js'

export const brownOut: Shape = {
  ...shape,
  name: 'shape/brown-out',
  says: 'A share of all answers takes ten to a thousand times as long.',
  parameters: { 'per-mille': ['100', '10', '500'], factor: ['100', '10', '1000'] },
  begin: ({ world, pick }) => {
    const perMille = Number(pick('per-mille'))
    const factor = Number(pick('factor'))
    return { slower: (site) => (world.chance(`brown-out/${site}`) % 1000 < perMille ? factor : 1) }
  },
}
