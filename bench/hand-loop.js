/** Child of `speed.js`: the reference trial as a test would write it by hand, over a bare virtual clock, without history and checks. */

import { tell } from './child.js'
import { rateOf } from './rate.js'

const cities = ['Lima', 'Oslo', 'Kyoto', 'Quito', 'Tunis']
const modelMs = 1_000
const toolMs = 100
const writeMs = 5

/** A clock that jumps from timer to timer, one macrotask each. */
class BareClock {
  now = 0
  waits = 0
  #timers = []
  #sequence = 0

  wait(delayMs) {
    return new Promise((resolve) => {
      const timer = { due: this.now + delayMs, sequence: this.#sequence++, resolve }
      let at = this.#timers.length
      while (at > 0 && this.#timers[at - 1].due > timer.due) at--
      this.#timers.splice(at, 0, timer)
    })
  }

  run() {
    return new Promise((done) => {
      const step = () => {
        const timer = this.#timers.shift()
        if (!timer) return done()
        this.now = timer.due
        this.waits++
        timer.resolve()
        setImmediate(step)
      }
      setImmediate(step)
    })
  }
}

async function model(clock, messages) {
  await clock.wait(modelMs)
  const turn = messages.filter(({ role }) => role === 'assistant').length
  const city = cities[turn]
  if (city === undefined) return { text: 'All booked.', calls: [] }
  const calls = ['flight', 'hotel'].map((kind, index) => {
    return { id: `call_${turn}_${index}`, tool: 'book', arguments: JSON.stringify({ kind, city }) }
  })
  return { text: '', calls }
}

async function book(clock, booked, { kind, city }) {
  await clock.wait(toolMs / 2)
  const reference = `${kind}-${city}`
  booked.set(reference, (booked.get(reference) ?? 0) + 1)
  await clock.wait(toolMs / 2)
  return { reference }
}

/** What a runtime writes to its store, as so many waits. Four at first: store opened, run started, and two of the world's own. */
async function agent(clock, booked, write) {
  await write(4)
  const messages = [{ role: 'user', text: `Book a flight and a hotel in ${cities.join(', ')}.` }]
  for (;;) {
    await write(1)
    const { text, calls } = await model(clock, messages)
    messages.push({ role: 'assistant', text, calls })
    await write(1)
    if (calls.length === 0) return text
    const results = await Promise.all(
      calls.map(async (call) => {
        await write(1)
        const value = await book(clock, booked, JSON.parse(call.arguments))
        await write(1)
        return { id: call.id, content: JSON.stringify(value) }
      }),
    )
    messages.push({ role: 'tool', results })
    await write(1)
  }
}

async function handTrial() {
  const clock = new BareClock()
  const booked = new Map()
  let text
  const write = async (times) => {
    for (let i = 0; i < times; i++) await clock.wait(writeMs)
  }
  agent(clock, booked, write).then((answer) => {
    text = answer
  })
  await clock.run()
  if (text !== 'All booked.' || booked.size !== 2 * cities.length) throw new Error('the loop by hand is wrong')
  return clock.waits
}

let waits = 0
const rate = await rateOf(async () => {
  waits = await handTrial()
})
tell({ ...rate, waits })
