/** Many sessions go on at once, and all that ask somebody in one instant are turned away: then all come again. */

import { refused } from '../answer.js'
import { type Shape, shape } from './shape.js'

const away = refused(503, 'too many at once', 'later')
const overloaded = { kind: 'error', status: 503, code: '', retryAfter: 'none', shouldRetry: 'unsaid' } as const

export const stampede: Shape = {
  ...shape,
  name: 'shape/stampede',
  says: 'Many sessions of the agent go on at once, and from one instant on all their requests fail, for a moment or for seconds.',
  isBrought: true,
  // How many sessions there are in all; who turns them away, from which request on, and for how many ms.
  parameters: {
    n: ['5', '2', '20'],
    who: ['model', 'services', 'all'],
    from: ['1', '2', '4', '8'],
    ms: ['2000', '0', '10000'],
  },
  begin: ({ world, pick }) => {
    const who = pick('who')
    let before = Number(pick('from')) - 1
    const lastsMs = Number(pick('ms'))
    let since: number | undefined
    const strikes = (asked: 'model' | 'services'): boolean => {
      if (who !== 'all' && who !== asked) return false
      if (since === undefined && before-- > 0) return false
      since ??= world.now
      return world.now <= since + lastsMs
    }
    return {
      service: () => (strikes('services') ? away : undefined),
      model: () => (strikes('model') ? overloaded : undefined),
    }
  },
}
