/** The process dies at one request, and again each time it comes back to it. */

import { type Shape, shape } from './shape.js'

export const crashLoop: Shape = {
  ...shape,
  name: 'shape/crash-loop',
  says: 'The process dies at one request, and again each time it comes back to that call.',
  parameters: { crashes: ['2', '3', '4'], at: ['1', '2', '4'] },
  needs: ({ canCrash }) => canCrash,
  begin: ({ pick }) => {
    let left = Number(pick('crashes'))
    let before = Number(pick('at')) - 1
    let boundary: string | undefined
    return {
      service: ({ operation, call, lane }) => {
        if (left === 0) return undefined
        const place = `${operation} ${call ?? lane}`
        if (boundary === undefined && before-- === 0) boundary = place
        if (place !== boundary) return undefined
        left--
        return 'crash'
      },
    }
  },
}
