/** The service refuses, and nothing happened; or its client says so in a way that nobody is ready for. */

import { type Answer, refused } from '../../answer.js'
import { type Blow, nominalMs, type ServiceFault, toolFault } from '../service-fault.js'

const kinds = {
  transient: () => refusal(refused(503, 'the service is unavailable', 'later')),
  permanent: () => refusal(refused(422, 'the service refused', 'never')),
  'sync-throw': () => ({ ...refusal(thrown(new Error('the client is not connected'))), atOnce: true }),
  'non-error-throw': () => refusal(thrown({ status: 503, reason: 'unavailable' })),
} as const satisfies Readonly<Record<string, () => Blow>>

const afterEffect = 'validation-after-effect'

export const toolError: ServiceFault = {
  ...toolFault,
  name: 'tool/error',
  says: 'The service refuses before anything happened, or its client throws at once or what is no error; or what it answers is refused after the effect.',
  on: 'both',
  parameters: { kind: [...Object.keys(kinds), afterEffect] },
  strike: ({ service, request, pick }) => {
    const kind = pick('kind')
    if (kind !== afterEffect) return kinds[kind as keyof typeof kinds]()
    const done = service.carryOut(request, 'all')
    if (done.kind !== 'value') return { answer: done, delayMs: nominalMs, instead: done }
    return refusal({
      kind: 'broken',
      status: 500,
      text: 'the answer failed its own validation',
      body: { error: 'invalid response' },
    })
  },
}

const refusal = (answer: Answer): Blow => ({ answer, delayMs: nominalMs })

const thrown = (error: unknown): Answer => ({ kind: 'threw', error, happened: false })
