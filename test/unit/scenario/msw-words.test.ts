import { readFileSync } from 'node:fs'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { describe, expect, test } from 'vitest'
import { installShims } from '../../../src/box/install.js'
import { defineScenario } from '../../../src/index.js'
import { simplest } from '../../../src/kernel/source.js'
import { runTrial } from '../../../src/scenario/run-trial.js'

installShims()

/** msw 2 stands before `fetch`; msw 3 answers in the sockets below it, which no request of a simulation comes to. */
const standsBefore = JSON.parse(readFileSync('node_modules/msw/package.json', 'utf8')).version.startsWith('2.')

const weather = 'https://api.weather.example'
const server = setupServer(
  http.get(`${weather}/broken`, () => {
    throw new TypeError('no fixture')
  }),
  http.get(`${weather}/today`, () => HttpResponse.json({ rain: true })),
)

/** What an agent that asks for this meets, while the user's own msw listens. */
async function asking(url: string, unhandled: 'bypass' | 'error') {
  const scenario = defineScenario({
    name: 'asks',
    model: () => [],
    run: () => fetch(url).then(({ status }) => status, String),
  })
  // The first is what msw 2 reads, the second what msw 3 does.
  const options = { onUnhandledRequest: unhandled, onUnhandledFrame: unhandled }
  server.listen(options)
  const { problems, events } = await runTrial(scenario, { source: simplest, fresh: true })
  server.close()
  return { problems, result: events.find((event) => event.type === 'run-settled')?.result }
}

describe.runIf(standsBefore)('msw before fetch', () => {
  test('a handler of msw that throws is named, with the way out: a 500 of nobody is no answer', async () => {
    expect(await asking(`${weather}/broken`, 'bypass')).toEqual({
      result: 500,
      problems: [
        {
          kind: 'handler-threw',
          what: `your msw handler for GET ${weather}/broken threw, and your agent got a 500 that no server sent`,
          where: '',
          remedy: 'mend the handler, or answer that host with a backend instead',
        },
      ],
    })
  })

  test('a server of msw that keeps a request from the simulation is named, with the way out', async () => {
    const { problems } = await asking('https://api.openai.com/v1/models', 'error')
    expect(problems).toEqual([
      {
        kind: 'handler-threw',
        what: 'your msw server refuses GET https://api.openai.com/v1/models, so it never came to the simulation',
        where: '',
        remedy: "listen with onUnhandledRequest: 'bypass', or close the server before the simulation",
      },
    ])
  })

  test('one that answers is as good as any', async () => {
    expect(await asking(`${weather}/today`, 'bypass')).toEqual({ result: 200, problems: [] })
  })
})

test.skipIf(standsBefore)(
  'msw below fetch is not asked: what no backend answers is told, with the way out',
  async () => {
    expect(await asking(`${weather}/today`, 'error')).toEqual({
      result: 'TypeError: fetch failed',
      problems: [
        {
          kind: 'unanswered-host',
          what: `your agent asked for a host that no backend answers: GET ${weather}/today`,
          where: expect.stringContaining('msw-words.test.ts'),
          remedy: 'add the route to a backend whose baseUrl is that host',
        },
      ],
    })
  },
)
