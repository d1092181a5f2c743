import { AsyncLocalStorage } from 'node:async_hooks'
import * as http from 'node:http'
import { createServer } from 'node:http'
import * as https from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { type Answer, modelEndpoint } from '../../../src/provider/endpoint.js'
import { type NodeHttp, nodeHttp, type RequestHandler } from '../../../src/provider/node-http.js'

const world = new AsyncLocalStorage<string>()
let running: NodeHttp | undefined

async function start(handler: RequestHandler): Promise<void> {
  running = nodeHttp(handler)
  await running.start()
}

afterEach(() => running?.stop())

function post(url: string, body: string): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const request = (url.startsWith('https') ? https : http).request(url, { method: 'POST' }, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode, body: text }))
    })
    request.on('error', reject)
    request.end(body)
  })
}

const url = 'https://api.openai.com/v1/chat/completions'
const hello = JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'hi' }] })
const endpointOf = (answer: Answer) =>
  modelEndpoint({ answer: async () => answer, stamp: () => ({ id: 't1', createdAt: 1 }) })

test('a request of node:https to a provider gets the simulated answer, in the context it was made in', async () => {
  const worlds: (string | undefined)[] = []
  const answer: Answer = {
    kind: 'answer',
    answer: { text: 'Hello.', calls: [], stop: 'stop', usage: { inputTokens: 1, outputTokens: 1 } },
  }
  const endpoint = endpointOf(answer)
  await start((request) => {
    worlds.push(world.getStore())
    return endpoint.respond(request)
  })
  const response = await world.run('one', () => post(url, hello))
  expect(response.status).toBe(200)
  expect(JSON.parse(response.body)).toMatchObject({ choices: [{ message: { content: 'Hello.' } }] })
  expect(worlds).toEqual(['one'])
})

test('an error status arrives with its body, a lost connection as ECONNRESET', async () => {
  await start((request) => endpointOf({ kind: 'error', error: 'overloaded' }).respond(request))
  expect((await post(url, hello)).status).toBe(503)
  running?.stop()
  await start((request) => endpointOf({ kind: 'lost' }).respond(request))
  const printed = vi.spyOn(console, 'error')
  await expect(post(url, hello)).rejects.toMatchObject({ code: 'ECONNRESET' })
  expect(printed).not.toHaveBeenCalled()
})

test('a request that cannot be simulated breaks, with the reason', async () => {
  await start((request) => endpointOf({ kind: 'never' }).respond(request))
  await expect(post(url.replace('chat/completions', 'embeddings'), hello)).rejects.toThrow(/no simulated provider/)
})

test('starting and stopping twice is doing it once', async () => {
  await start((request) => endpointOf({ kind: 'error', error: 'overloaded' }).respond(request))
  await running?.start()
  expect((await post(url, hello)).status).toBe(503)
  running?.stop()
  running?.stop()
})

test('fetch stays what it was, and what the handler leaves goes on to the network', async () => {
  const before = globalThis.fetch
  const server = createServer((_, response) => response.end('real')).listen(0)
  await start(() => undefined)
  expect(globalThis.fetch).toBe(before)
  const local = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  expect((await post(local, '')).body).toBe('real')
  running?.stop()
  expect(globalThis.fetch).toBe(before)
  server.close()
})
