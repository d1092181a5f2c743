/** Child of `sdks.js`: the tour over `node:https` against msw alone: no simulation, canned answers, one 429 in each run. */

import { createRequire, syncBuiltinESMExports } from 'node:module'
import { pathToFileURL } from 'node:url'
import { createJiti } from 'jiti'
import { tell } from './child.js'
import { rateOf } from './rate.js'

const require = createRequire(import.meta.url)
const { http, HttpResponse } = await import('msw')
const { setupServer } = await import(pathToFileURL(require.resolve('msw/node')).href)

const cities = ['Lima', 'Oslo', 'Kyoto', 'Quito', 'Tunis']
let limited = false
const callOf = (kind, city) => ({
  id: `call_${kind}_${city}`,
  type: 'function',
  function: { name: 'book', arguments: JSON.stringify({ kind, city }) },
})
const server = setupServer(
  http.post('https://api.openai.com/v1/chat/completions', async ({ request }) => {
    const { messages } = await request.json()
    const turn = messages.filter(({ role }) => role === 'assistant').length
    if (turn === 1) {
      limited = !limited
      if (limited) return HttpResponse.json({ error: { message: 'slow down' } }, { status: 429 })
    }
    const city = cities[turn]
    const message = city
      ? { role: 'assistant', content: null, tool_calls: [callOf('flight', city), callOf('hotel', city)] }
      : { role: 'assistant', content: 'All booked.' }
    return HttpResponse.json({ choices: [{ index: 0, message, finish_reason: city ? 'tool_calls' : 'stop' }] })
  }),
  http.post('https://api.tours.example/bookings', async ({ request }) => {
    const { city } = await request.json()
    return HttpResponse.json({ reference: `b-${city}` })
  }),
)
server.listen({ onUnhandledRequest: 'error' })
// What msw replaced on the module is to be seen by who imports it by name.
syncBuiltinESMExports()
const { nodeHttpTour } = await createJiti(import.meta.url, { fsCache: false }).import('../sdk/bench/node-http-tour.ts')
tell(
  await rateOf(async () => {
    if ((await nodeHttpTour()) !== 'All booked.') throw new Error('the bare tour did not end')
  }),
)
